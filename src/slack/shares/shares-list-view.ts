import { diskName } from '../backups/backup-words.ts';
import type { Message } from '../kit.ts';
import { actions, button, context, message, oneLine, section } from '../kit.ts';
import { pageButtons, placeWords } from '../list-page.ts';
import { ago, count, gib, slackDate } from '../words.ts';
import type { SharesPage } from './read-shares.ts';
import { placeValue } from './shares-place.ts';
import type { SharingEntry } from './sharing-entry.ts';
import { detailsLabel, originWords, sharingHeadline } from './sharing-words.ts';

/** The ids of what can be clicked in the list. */
export interface SharesListIds {
  readonly page: string;
  readonly details: string;
}

/** A page of what a project shares, or of what is shared with it. */
export function sharesListView(page: SharesPage, about: { ids: SharesListIds; now: Date }): Message {
  const { ids, now } = about;
  const { place, items } = page;
  if (items.length === 0) return emptyView(page, ids);
  const heading = `*${titleOf(page)}*, ${placeWords(page)} · newest first`;
  const lines = items.map((entry) => entryLine(entry, page, now));
  const note = `Read from the cloud at ${slackDate(page.at, 'time')}.`;
  const entries = items.map((entry, index) => {
    const { project, direction } = place;
    const value = JSON.stringify({ project, direction, sharingId: entry.sharing.id });
    const details = button({ text: 'Details', actionId: ids.details, value, label: detailsLabel(entry) });
    return section(lines[index] ?? '', details);
  });
  const turn = (to: number) => placeValue({ ...place, page: to });
  return message([heading, ...lines, note].join('\n'), [
    section(heading),
    ...entries,
    ...pageButtons(page, { actionId: ids.page, value: turn, newestFirst: true }),
    actions(switchButton(page, ids)),
    context(note),
  ]);
}

function titleOf({ place }: SharesPage): string {
  return `Shared ${place.direction === 'out' ? 'by' : 'with'} ${oneLine(place.project)}`;
}

function entryLine(entry: SharingEntry, { place, disks }: SharesPage, now: Date): string {
  const { sharing, registered, standing } = entry;
  const { backup, createdAt } = sharing;
  const ends = standing === 'shared' || standing === 'stop-failed' ? registered?.stopAt : undefined;
  const facts = [
    ...(backup?.sizeGib === undefined ? [] : [gib(backup.sizeGib)]),
    ...(backup?.diskId === undefined ? [] : [diskName(backup.diskId, disks)]),
    createdAt ? `since ${slackDate(createdAt, 'day')} (${ago(createdAt, now)})` : 'since when is unknown',
    ...(ends ? [`until ${slackDate(ends, 'day')}`] : []),
    originWords(entry),
  ];
  return `${sharingHeadline(entry, place.direction)}\n${facts.join(' · ')}`;
}

/** The other direction. Slack cuts buttons at some thirty characters, so the project is named to screen readers alone. */
function switchButton({ place, others }: SharesPage, ids: SharesListIds) {
  const direction = place.direction === 'out' ? 'in' : 'out';
  const number = others === undefined ? '' : ` (${count(others)})`;
  const text = `Show what it ${direction === 'in' ? 'receives' : 'shares'}${number}`;
  const label = `Show what is shared ${direction === 'in' ? 'with' : 'by'} ${place.project}${number}`;
  const value = placeValue({ project: place.project, direction, page: 0 });
  return button({ text, actionId: `${ids.page}#${direction}`, value, label });
}

function emptyView(page: SharesPage, ids: SharesListIds): Message {
  const { place } = page;
  const project = oneLine(place.project);
  const then =
    place.direction === 'out'
      ? `To share a backup of ${project}, run \`/vbs share ${project}\`.`
      : `Someone who may ask in another project can share a backup with ${project}: \`/vbs share\`.`;
  const text = `*${titleOf(page)}*: nothing now\n${then}`;
  return message(text, [section(text), actions(switchButton(page, ids))]);
}
