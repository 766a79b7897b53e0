import type { ListedSharings } from '../../core/sharing/sharing-list.ts';
import type { Context } from '../answers.ts';
import { type ListPage, pageOf } from '../backups/list-page.ts';
import type { SharesPlace } from './shares-place.ts';
import { type SharingEntry, sharingEntry } from './sharing-entry.ts';

/** A page of what a project shares, or of what is shared with it. */
export interface SharesPage extends ListPage<SharingEntry> {
  readonly place: SharesPlace;
  /** Names of disks by disk id. */
  readonly disks: ReadonlyMap<string, string>;
  /** When the sharings were read from the cloud. */
  readonly at: Date;
}

/** Reads a page for this person; `fresh`: from the cloud in any case. Throws NotFound, NotAllowed, CloudError. */
export async function readShares(
  { core, user }: Pick<Context, 'core' | 'user'>,
  place: SharesPlace,
  { fresh = false } = {},
): Promise<SharesPage> {
  const project = core.projects.get(place.project);
  await core.access.assert('view', project, user);
  const { sharings, at }: ListedSharings = await core.sharingList.list(project.alias, place.direction, { fresh });
  const found = pageOf(sharings, place.page);
  const items = await Promise.all(found.items.map((sharing) => sharingEntry(core, sharing, at)));
  return { ...found, items, place: { ...place, page: found.page }, disks: project.disks, at };
}
