import { NotFound } from '../errors.ts';
import { CloudError } from '../failure.ts';
import { Kept } from '../kept.ts';
import type { Clock, Clouds } from '../ports.ts';
import type { Backup } from './backup.ts';

export interface BackupList {
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** When it was read from the cloud. */
  readonly at: Date;
}

interface Read {
  readonly backups: readonly Backup[];
  readonly byId: ReadonlyMap<string, Backup>;
}

/**
 * The backups of each project, read whole and kept for a short while, so that turning a page, searching in a form and
 * checking a submission ask the cloud nothing. Only a convenience: what is executed is read again.
 */
export class Catalogue {
  readonly #clouds: Clouds;
  readonly #kept: Kept<Read>;

  constructor(clouds: Clouds, clock: Clock, maxAgeMs: number) {
    this.#clouds = clouds;
    this.#kept = new Kept((project) => this.#read(project), clock, maxAgeMs);
  }

  /** The project's backups, at most `maxAgeMs` old. Throws CloudError. */
  async list(project: string): Promise<BackupList> {
    const { value, at } = await this.#kept.get(project);
    return { backups: value.backups, at };
  }

  /** What was read last, however old, without asking the cloud. */
  peek(project: string, backupId: string): Backup | undefined {
    return this.#kept.peek(project)?.byId.get(backupId);
  }

  /** All that was read last, newest first, without asking the cloud; undefined where nothing was. */
  peekAll(project: string): readonly Backup[] | undefined {
    return this.#kept.peek(project)?.backups;
  }

  /** One backup, as it is in the cloud now. Throws NotFound or CloudError. */
  async get(project: string, backupId: string): Promise<Backup> {
    try {
      return await this.#clouds.of(project).backup(backupId);
    } catch (error) {
      if (error instanceof CloudError && error.failure.kind === 'not_found') throw new NotFound('backup', backupId);
      throw error;
    }
  }

  async #read(project: string): Promise<Read> {
    const backups: Backup[] = [];
    for await (const backup of this.#clouds.of(project).backups()) backups.push(backup);
    backups.sort((a, b) => (b.takenAt?.getTime() ?? 0) - (a.takenAt?.getTime() ?? 0));
    return { backups, byId: new Map(backups.map((backup) => [backup.id, backup])) };
  }
}
