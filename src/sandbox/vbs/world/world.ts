import { Directory } from './directory.ts';
import { EventQueue } from './event-queue.ts';
import { Grouped } from './grouped.ts';
import { Identifiers } from './identifiers.ts';
import type { DeleteTrouble, RestoreTrouble } from './troubles.ts';
import { Troubles } from './troubles.ts';
import type { Backup, Disk, DiskStatus, Job, Policy, Project, QuotaLimits, Sharing, User } from './types.ts';

export interface Pace {
  /** How long the backup of a disk takes. */
  taskSeconds: number;
  /** How long a task waits before it runs; each further disk of the run waits `staggerSeconds` more. */
  waitSeconds: number;
  staggerSeconds: number;
  /** When a task that does not come to an end is given up. */
  timeoutSeconds: number;
}

export interface WorldOptions {
  start: Date;
  key: string;
  pace: Pace;
}

/**
 * The cloud as it is at one moment. What happens later waits in a queue of timed events; `catchUp` lets all of
 * it happen that was due, each at its own time, so the outcome depends on the clock alone and not on who asks when.
 */
export class World {
  readonly ids: Identifiers;
  readonly pace: Pace;
  readonly projects = new Directory<Project>('project');
  readonly users: User[] = [];
  readonly disks = new Directory<Disk>('disk');
  readonly policies = new Directory<Policy>('policy');
  /** Grouped by project and by disk. */
  readonly backups = new Grouped<Backup>((backup) => [backup.projectId, backup.volumeId]);
  /** Grouped by backup, by `from:` and by `to:` a project. */
  readonly sharings = new Grouped<Sharing>((sharing) => [
    sharing.backupId,
    `from:${sharing.fromProjectId}`,
    `to:${sharing.toProjectId}`,
  ]);
  readonly jobs = new Map<string, Job>();
  readonly troubles = new Troubles();
  readonly restoreTroubles = new Troubles<RestoreTrouble>();
  readonly deleteTroubles = new Troubles<DeleteTrouble>();
  readonly #events = new EventQueue();
  #now: number;

  constructor(options: WorldOptions) {
    this.ids = new Identifiers(options.key, options.start.toISOString());
    this.pace = options.pace;
    this.#now = options.start.getTime();
  }

  /** Milliseconds since 1970. It never runs back, whatever the clock does. */
  get now(): number {
    return this.#now;
  }

  after(seconds: number, event: () => void): void {
    this.#events.add(this.#now + seconds * 1000, event);
  }

  at(time: number, event: () => void): void {
    this.#events.add(time, event);
  }

  catchUp(now: Date): void {
    const until = now.getTime();
    for (let due = this.#events.takeDue(until); due !== undefined; due = this.#events.takeDue(until)) {
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = Math.max(this.#now, until);
  }

  policiesOf(projectId: string): Policy[] {
    return [...this.policies.all()].filter((policy) => policy.projectId === projectId);
  }

  /** A backup that is gone takes its sharings with it. */
  removeBackup(id: string): void {
    for (const sharing of this.sharings.in(id)) this.sharings.remove(sharing.id);
    this.backups.remove(id);
  }

  /** The disk's next backup fails with this; disks are called by id or name. */
  failNextBackup(trouble: { diskId: string; code: string; reason: string; withoutJob?: boolean | undefined }): void {
    const { diskId, code, reason, withoutJob } = trouble;
    this.troubles.add(this.disks.named(diskId).id, { kind: 'fail', code, reason, withoutJob: withoutJob ?? false });
  }

  /** The disk's next backup does not end, and its task is given up. */
  timeoutNextBackup(trouble: { diskId: string }): void {
    this.troubles.add(this.disks.named(trouble.diskId).id, { kind: 'timeout' });
  }

  /** The disk's next backup takes `factor` times as long. */
  slowBackup(trouble: { diskId: string; factor: number }): void {
    this.troubles.add(this.disks.named(trouble.diskId).id, { kind: 'slow', factor: trouble.factor });
  }

  /** The next restore onto the disk fails with this; `lasting` leaves the disk and the backup in error. */
  failNextRestore(trouble: { diskId: string; code: string; reason: string; lasting?: boolean | undefined }): void {
    const { diskId, code, reason, lasting } = trouble;
    this.restoreTroubles.add(this.disks.named(diskId).id, { code, reason, lasting: lasting ?? false });
  }

  /** The next deletion of the backup fails with this, and leaves it in `error_deleting`. */
  failNextDelete(trouble: { backupId: string; code: string; reason: string }): void {
    const { backupId, code, reason } = trouble;
    if (this.backups.get(backupId) === undefined) throw new Error(`there is no backup "${backupId}"`);
    this.deleteTroubles.add(backupId, { code, reason });
  }

  /** The disk is in this state from now on. */
  setDiskStatus(disk: string, status: DiskStatus): void {
    this.disks.named(disk).status = status;
  }

  /** Changes some of the limits of a project. */
  setQuotas(project: string, limits: { [K in keyof QuotaLimits]?: QuotaLimits[K] | undefined }): void {
    const { quotas } = this.projects.named(project);
    quotas.backups = limits.backups ?? quotas.backups;
    quotas.gigabytes = limits.gigabytes ?? quotas.gigabytes;
    quotas.backupsPerDisk = limits.backupsPerDisk ?? quotas.backupsPerDisk;
  }

  /** Takes away all troubles that wait, and lets every project work. */
  clearTroubles(): void {
    this.troubles.clear();
    this.restoreTroubles.clear();
    this.deleteTroubles.clear();
    for (const project of this.projects.all()) project.down = null;
  }

  /** Every call on the project is refused with this status from now on; `null` lets it work again. */
  setProjectDown(project: string, status: number | null): void {
    this.projects.named(project).down = status;
  }
}
