import type { Backup } from '../../core/backups/backup.ts';
import type { Core } from '../../core/core.ts';
import { CannotCheck } from '../../core/errors.ts';
import { CloudError, type Failure } from '../../core/failure.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { RegisteredSharing, Sharing } from '../../core/sharing/sharing.ts';
import type { Context } from '../answers.ts';

/** One sharing of the backup, from the cloud or, where the cloud is silent, from the register. */
export interface BackupSharing {
  readonly id: string;
  readonly to: { readonly alias: string | undefined; readonly projectId: string };
  readonly since: Date | undefined;
  readonly registered: RegisteredSharing | undefined;
}

/** Everything about one backup, as it is now. */
export interface BackupDetails {
  readonly project: string;
  readonly backup: Backup;
  /** Names of disks by disk id. */
  readonly disks: ReadonlyMap<string, string>;
  readonly sharings: readonly BackupSharing[];
  /** Why `sharings` may be incomplete. */
  readonly sharingsFailure: Failure | undefined;
  /** Whether the person who looks at it may ask for a share, and stop one. */
  readonly mayShare: boolean;
  readonly mayStop: boolean;
  /** Whether they may ask for it to be restored or deleted. */
  readonly mayChange: boolean;
}

/** Reads a backup for someone who may see it. Throws NotFound, CloudError. */
export async function readBackup(
  { core, user }: Pick<Context, 'core' | 'user'>,
  project: ManagedProject,
  backupId: string,
): Promise<BackupDetails> {
  const [backup, shared, mayShare, mayStop, mayChange] = await Promise.all([
    core.catalogue.get(project.alias, backupId),
    readSharings(core, project, backupId),
    maybe(core.access.may('request', project, user)),
    maybe(core.access.may('stop', project, user)),
    maybe(core.access.may('ask-change', project, user)),
  ]);
  return { project: project.alias, backup, disks: project.disks, ...shared, mayShare, mayStop, mayChange };
}

/** No button is offered to someone of whom it cannot be known now whether they may use it. */
export async function maybe(may: Promise<boolean>): Promise<boolean> {
  try {
    return await may;
  } catch (error) {
    if (error instanceof CannotCheck) return false;
    throw error;
  }
}

async function readSharings(
  core: Core,
  project: ManagedProject,
  backupId: string,
): Promise<Pick<BackupDetails, 'sharings' | 'sharingsFailure'>> {
  const registered = await core.store.sharings.ofBackup(project.alias, backupId);
  const named = (projectId: string) => ({ alias: core.projects.aliasOf(projectId), projectId });
  try {
    const found: Sharing[] = [];
    for await (const sharing of core.clouds.of(project.alias).sharings({ direction: 'out', backupId })) {
      // A cloud that does not know the filter answers everything.
      if (sharing.backupId === backupId) found.push(sharing);
    }
    const sharings = found.map(({ id, toProjectId, createdAt }) => ({
      id,
      to: named(toProjectId),
      since: createdAt,
      registered: registered.find((one) => one.id === id),
    }));
    return { sharings, sharingsFailure: undefined };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const sharings = registered.map((one) => ({
      id: one.id,
      to: named(one.toProjectId),
      // Of one that the bot did not make it keeps when it came to know of it.
      since: one.requestId === undefined ? undefined : one.createdAt,
      registered: one,
    }));
    return { sharings, sharingsFailure: error.failure };
  }
}
