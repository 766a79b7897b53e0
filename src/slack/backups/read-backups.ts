import type { Backup } from '../../core/backups/backup.ts';
import { findBackups } from '../../core/backups/find-backups.ts';
import type { Core } from '../../core/core.ts';
import { CloudError, type Failure } from '../../core/failure.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { ListedSharings } from '../../core/sharing/sharing-list.ts';
import type { Context } from '../answers.ts';
import { orTooLong, TookTooLong } from '../dispatch/timing.ts';
import { type ListPage, pageOf } from '../list-page.ts';
import { projectWords } from './backup-words.ts';
import type { BackupsPlace } from './backups-place.ts';
import { maybe } from './read-backup.ts';

/** A page of a project's backups, as it is now. */
export interface BackupsPage extends ListPage {
  readonly items: readonly Backup[];
  readonly place: BackupsPlace;
  /** How many there are without the filter. */
  readonly all: number;
  /** Names of disks by disk id. */
  readonly disks: ReadonlyMap<string, string>;
  /** By backup id, the projects that it is shared with, as safe mrkdwn. */
  readonly sharedWith: ReadonlyMap<string, readonly string[]>;
  /** Why `sharedWith` may be incomplete. */
  readonly sharingsFailure: Failure | undefined;
  /** Whether the person may back up a disk. */
  readonly mayBackUp: boolean;
  /** When the backups were read from the cloud. */
  readonly at: Date;
}

/** The list does not wait longer to be told what is shared. */
const SHARINGS_WAIT_MS = 10_000;

/** Reads a page for this person. `fresh`: what is shared is read again. Throws NotFound, NotAllowed, CloudError. */
export async function readBackups(
  { core, user }: Pick<Context, 'core' | 'user'>,
  place: BackupsPlace,
  { fresh = false } = {},
): Promise<BackupsPage> {
  const project = core.projects.get(place.project);
  await core.access.assert('view', project, user);
  const [list, shared, mayBackUp] = await Promise.all([
    core.catalogue.list(project.alias),
    listedOut(core, project.alias, fresh),
    maybe(core.access.may('back-up', project, user)),
  ]);
  const found = pageOf(findBackups(list.backups, place.filter, project.disks), place.page);
  return {
    ...found,
    place: { ...place, page: found.page },
    all: list.backups.length,
    disks: project.disks,
    sharedWith: await sharedWith(core, { project, backups: found.items, listed: shared.listed }),
    sharingsFailure: shared.failure,
    mayBackUp,
    at: list.at,
  };
}

/** What the project shares, or why the cloud does not tell: the backups are of use without it. */
async function listedOut(
  core: Core,
  project: string,
  fresh: boolean,
): Promise<{ readonly listed?: ListedSharings; readonly failure: Failure | undefined }> {
  try {
    const reading = core.sharingList.list(project, 'out', { fresh });
    return { listed: await orTooLong(reading, SHARINGS_WAIT_MS), failure: undefined };
  } catch (error) {
    if (error instanceof CloudError) return { failure: error.failure };
    if (error instanceof TookTooLong) return { failure: { kind: 'unavailable' } };
    throw error;
  }
}

/** The cloud's word counts; the register adds what came after it, and stands in where the cloud is silent. */
async function sharedWith(
  core: Core,
  about: {
    readonly project: ManagedProject;
    readonly backups: readonly Backup[];
    readonly listed: ListedSharings | undefined;
  },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { project, backups, listed } = about;
  const targets = new Map<string, Set<string>>(backups.map((backup) => [backup.id, new Set()]));
  for (const sharing of listed?.sharings ?? []) targets.get(sharing.backupId)?.add(sharing.toProjectId);
  await Promise.all(
    backups.map(async ({ id }) => {
      for (const sharing of await core.store.sharings.ofBackup(project.alias, id)) {
        if (!listed || sharing.createdAt >= listed.at) targets.get(id)?.add(sharing.toProjectId);
      }
    }),
  );
  const named = (projectId: string) => projectWords({ alias: core.projects.aliasOf(projectId), projectId });
  return new Map([...targets].map(([id, projects]) => [id, [...projects].map(named)]));
}
