import type { ChangeState } from '../../core/changes/change.ts';
import type { ShareState } from '../../core/sharing/share-request.ts';
import { changeHeadline } from '../changes/change-headline.ts';
import type { ReadChange } from '../changes/read-change.ts';
import { mention } from '../people-words.ts';
import type { ReadShare } from '../share/read-share.ts';
import { requestHeadline } from '../share/request-headline.ts';
import { targetStandings } from '../share/share-standing.ts';
import { requestCode } from '../share/share-words.ts';
import { slackDate } from '../words.ts';

/** What somebody asked for, in a list, with the link of its card if it is known. */
export type ListedRequest = (({ readonly kind: 'share' } & ReadShare) | ({ readonly kind: 'change' } & ReadChange)) & {
  readonly link: string | undefined;
};

/** Two lines of safe mrkdwn about a request: how it stands; who asked and when, and where its card is. */
export function requestEntry(entry: ListedRequest): string {
  const { id, requester, createdAt } = askedOf(entry);
  const card = entry.link === undefined ? '' : ` · <${entry.link}|open its card>`;
  const asked = `Asked by ${mention(requester)}, ${slackDate(createdAt)}`;
  return `*${headlineOf(entry)}*\n${asked}${card} · request ${requestCode(id)}`;
}

/** What every request has, whatever was asked for. */
export function askedOf(entry: ListedRequest): {
  readonly id: string;
  readonly requester: string;
  readonly createdAt: Date;
  readonly state: ShareState | ChangeState;
} {
  return entry.kind === 'share' ? entry.request : entry.change;
}

function headlineOf(entry: ListedRequest): string {
  if (entry.kind === 'change') return changeHeadline(entry.change, entry.disks);
  return requestHeadline(entry.request, targetStandings(entry.request, entry.sharings));
}
