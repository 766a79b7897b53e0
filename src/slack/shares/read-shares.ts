import type { Core } from '../../core/core.ts';
import { CloudError } from '../../core/failure.ts';
import type { ListedSharings } from '../../core/sharing/sharing-list.ts';
import type { Context } from '../answers.ts';
import { orTooLong, TookTooLong } from '../dispatch/timing.ts';
import { type ListPage, pageOf } from '../list-page.ts';
import type { Direction, SharesPlace } from './shares-place.ts';
import { type SharingEntry, sharingEntry } from './sharing-entry.ts';

/** A page of what a project shares, or of what is shared with it. */
export interface SharesPage extends ListPage {
  readonly items: readonly SharingEntry[];
  readonly place: SharesPlace;
  /** Names of disks by disk id. */
  readonly disks: ReadonlyMap<string, string>;
  /** How many the other direction has; undefined where the cloud does not tell now. */
  readonly others: number | undefined;
  /** When the sharings were read from the cloud. */
  readonly at: Date;
}

const COUNT_WAIT_MS = 2_000;

/** Reads a page for this person; `fresh`: from the cloud in any case. Throws NotFound, NotAllowed, CloudError. */
export async function readShares(
  { core, user }: Pick<Context, 'core' | 'user'>,
  place: SharesPlace,
  { fresh = false } = {},
): Promise<SharesPage> {
  const project = core.projects.get(place.project);
  await core.access.assert('view', project, user);
  const reading = core.sharingList.list(project.alias, place.direction, { fresh });
  const [{ sharings, at }, others]: [ListedSharings, number | undefined] = await Promise.all([
    reading,
    countOthers(core, project.alias, place.direction),
  ]);
  const found = pageOf(sharings, place.page);
  const items = await Promise.all(found.items.map((sharing) => sharingEntry(core, sharing, at)));
  return { ...found, items, place: { ...place, page: found.page }, disks: project.disks, others, at };
}

/** The list does not wait for what only stands on a button. */
async function countOthers(core: Core, project: string, direction: Direction): Promise<number | undefined> {
  try {
    return await orTooLong(core.sharingList.count(project, direction === 'out' ? 'in' : 'out'), COUNT_WAIT_MS);
  } catch (error) {
    if (error instanceof CloudError || error instanceof TookTooLong) return undefined;
    throw error;
  }
}
