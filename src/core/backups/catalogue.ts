import { NotFound } from '../errors.ts';
import { CloudError } from '../failure.ts';
import type { Clock, Clouds } from '../ports.ts';
import type { Backup } from './backup.ts';

export interface BackupList {
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** When it was read from the cloud. */
  readonly at: Date;
}

interface Entry {
  list?: BackupList;
  byId?: ReadonlyMap<string, Backup>;
  reading?: Promise<BackupList>;
}

/**
 * The backups of each project, read whole and kept for a short while, so that turning a page, searching in a form and
 * checking a submission ask the cloud nothing. Only a convenience: what is executed is read again.
 */
export class Catalogue {
  readonly #clouds: Clouds;
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(clouds: Clouds, clock: Clock, maxAgeMs: number) {
    this.#clouds = clouds;
    this.#clock = clock;
    this.#maxAgeMs = maxAgeMs;
  }

  /** The project's backups, at most `maxAgeMs` old. Readers at the same time share one reading. Throws CloudError. */
  list(project: string): Promise<BackupList> {
    const entry = this.#entry(project);
    if (entry.list && this.#clock.now().getTime() - entry.list.at.getTime() <= this.#maxAgeMs) {
      return Promise.resolve(entry.list);
    }
    entry.reading ??= this.#read(project, entry).finally(() => {
      delete entry.reading;
    });
    return entry.reading;
  }

  /** What was read last, however old, without asking the cloud. */
  peek(project: string, backupId: string): Backup | undefined {
    return this.#entry(project).byId?.get(backupId);
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

  #entry(project: string): Entry {
    const entry = this.#entries.get(project) ?? {};
    this.#entries.set(project, entry);
    return entry;
  }

  async #read(project: string, entry: Entry): Promise<BackupList> {
    const backups: Backup[] = [];
    const at = this.#clock.now();
    for await (const backup of this.#clouds.of(project).backups()) backups.push(backup);
    backups.sort((a, b) => (b.takenAt?.getTime() ?? 0) - (a.takenAt?.getTime() ?? 0));
    entry.list = { backups, at };
    entry.byId = new Map(backups.map((backup) => [backup.id, backup]));
    return entry.list;
  }
}
