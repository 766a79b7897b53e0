import { mention } from '../people-words.ts';
import type { ReadShare } from '../share/read-share.ts';
import { requestHeadline } from '../share/request-headline.ts';
import { targetStandings } from '../share/share-standing.ts';
import { requestCode } from '../share/share-words.ts';
import { slackDate } from '../words.ts';

/** A request in a list, with the link of its card if it is known. */
export interface ListedRequest extends ReadShare {
  readonly link: string | undefined;
}

/** Two lines of safe mrkdwn about a request: how it stands; who asked and when, and where its card is. */
export function requestEntry({ request, sharings, link }: ListedRequest): string {
  const headline = requestHeadline(request, targetStandings(request, sharings));
  const card = link === undefined ? '' : ` · <${link}|open its card>`;
  const asked = `Asked by ${mention(request.requester)}, ${slackDate(request.createdAt)}`;
  return `*${headline}*\n${asked}${card} · request ${requestCode(request.id)}`;
}
