import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { decidersWords, decisionButtons, isShortReason, whyWords } from '../deciding/decision-words.ts';
import { failureSmallPrint } from '../failure-words.ts';
import { actions, button, context, type Fact, facts, type Message, message, oneLine, safe, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { mention } from '../people-words.ts';
import { slackDate } from '../words.ts';
import type { ReadShare } from './read-share.ts';
import { requestHeadline } from './request-headline.ts';
import { requestStory } from './request-story.ts';
import { type Standing, standingOf, type TargetStanding, targetStandings } from './share-standing.ts';
import { backupWords, diskWords, moment, requestCode, targetsWords } from './share-words.ts';

/** The ids of the card's buttons, each of which carries the request's id and nothing else. */
export interface CardButtons {
  readonly approve: string;
  readonly reject: string;
  readonly withdraw: string;
  readonly retry: string;
  readonly stop: string;
}

export interface RequestCard extends ReadShare {
  /** Whether *Try again* could come to anything. */
  readonly mayRetry: boolean;
  /** Whether the time has passed at which the bot was to stop the sharing. */
  readonly ended: boolean;
}

/** More targets than this are counted in the fact as well. */
const NAMED_TARGETS = 20;

/** The card of a share request, in every state. */
export function requestCardView(card: RequestCard, buttons: CardButtons): Message {
  const { request } = card;
  const targets = targetStandings(request, card.sharings);
  const headline = requestHeadline(request, targets);
  const asked = `${mention(request.requester)} ${request.state === 'pending' ? 'asks' : 'asked'} for it, ${moment(request.createdAt)}`;
  const pairs = factsOf(card, targets);
  const short = isShortReason(request.reason);
  const shown: readonly Fact[] = short ? [...pairs, ['Why', safe(request.reason)]] : pairs;
  const story = requestStory(card, targets);
  const small = smallPrint(card, targets);
  const blocks: KnownBlock[] = [
    section(`*${headline}*`),
    context(asked),
    facts(shown),
    ...(short ? [] : [section(whyWords('*Why*  ', request.reason))]),
    ...lineSections(story),
    ...(small.length > 0 ? [context(small.join('\n'))] : []),
    ...buttonRow(card, targets, buttons),
    context(footer(card)),
  ];
  const spoken = shown.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`]));
  const reason = short ? [] : [whyWords('Why: ', request.reason)];
  return message([headline, asked, ...spoken, ...reason, ...story].join('\n'), blocks);
}

function factsOf({ request, disks, ended }: RequestCard, targets: readonly TargetStanding[]): readonly Fact[] {
  const { backup } = request;
  return [
    ['Backup', backupWords(backup, request.backupId)],
    ['Disk', backup && diskWords(backup, disks)],
    ['Taken', backup?.takenAt && moment(backup.takenAt)],
    ['To', targetsWords(request.targets, NAMED_TARGETS)],
    ['Until', untilWords({ request, ended }, targets)],
  ];
}

/** Where nothing is shared any more, or never was, the end is only what was asked for. */
const over: readonly Standing[] = ['rejected', 'withdrawn', 'expired', 'failed', 'unsure', 'stopping', 'stopped'];

function untilWords(
  { request, ended }: Pick<RequestCard, 'request' | 'ended'>,
  targets: readonly TargetStanding[],
): string {
  const { endsAt } = request;
  if (endsAt === undefined) return 'no end';
  const ends = slackDate(endsAt);
  const standing = standingOf(request, targets);
  if (standing === 'still-shared' && ended) return `${ends}, which has passed`;
  return over.includes(standing) ? ends : `${ends}, then sharing stops by itself`;
}

/** What someone may need to copy: the id of a backup whose name is not known, ids of sharings, the cloud's code and the id of its answer. */
function smallPrint({ request }: RequestCard, targets: readonly TargetStanding[]): readonly string[] {
  const backup = request.backup === undefined ? [`backup \`${oneLine(request.backupId)}\``] : [];
  const ids = targets.flatMap(({ target, state }) =>
    target.sharingId === undefined || state === 'stopped'
      ? []
      : [`sharing with ${targetsWords([target])}  \`${target.sharingId}\``],
  );
  const troubles = [request.failure, ...targets.map((one) => one.sharing?.failure)];
  const codes = troubles.flatMap((failure) => (failure && failureSmallPrint(failure)) || []);
  return [...backup, ...ids, ...new Set(codes)];
}

function buttonRow(card: RequestCard, targets: readonly TargetStanding[], ids: CardButtons): readonly KnownBlock[] {
  const { request } = card;
  const value = request.id;
  const row: ActionsBlockElement[] = [...decisionButtons(request, ids)];
  if (card.mayRetry) row.push(button({ text: 'Try again', actionId: ids.retry, value, style: 'primary' }));
  const settled = request.state === 'shared' || request.state === 'failed';
  if (settled && targets.some((one) => one.state === 'shared')) {
    row.push(button({ text: 'Stop sharing', actionId: ids.stop, value, style: 'danger' }));
  }
  return row.length > 0 ? [actions(...row)] : [];
}

function footer({ request }: RequestCard): string {
  const code = `request ${requestCode(request.id)}`;
  return request.state === 'pending' ? `${decidersWords(request)}   ${code}` : code;
}
