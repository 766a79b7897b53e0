import type { KnownBlock } from '@slack/types';
import type { Change } from '../../core/changes/change.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { decidersWords, decisionButtons, isShortReason, whyWords } from '../deciding/decision-words.ts';
import { failureSmallPrint } from '../failure-words.ts';
import { actions, button, context, type Fact, facts, type Message, message, oneLine, safe, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { mention } from '../people-words.ts';
import { moment, requestCode } from '../share/share-words.ts';
import { changeFacts } from './change-facts.ts';
import { changeHeadline } from './change-headline.ts';
import { changeStory } from './change-story.ts';
import { diskSmallPrint } from './disk-outcome-lines.ts';

/** The ids of the card's buttons, each of which carries the change's id and nothing else. */
export interface ChangeButtons {
  readonly approve: string;
  readonly reject: string;
  readonly withdraw: string;
  readonly retry: string;
}

export interface ChangeCard {
  readonly change: Change;
  /** Names of disks by disk id. */
  readonly disks: DiskNames;
  /** Whether *Try again* is offered. */
  readonly mayRetry: boolean;
}

/** The card of a change, of every kind and in every state. */
export function changeCardView(card: ChangeCard, buttons: ChangeButtons): Message {
  const { change, disks } = card;
  const { reason = '' } = change;
  const headline = changeHeadline(change, disks);
  const asked = askedWords(change);
  const short = isShortReason(reason);
  const pairs = changeFacts(change, disks);
  const shown: readonly Fact[] = short && reason !== '' ? [...pairs, ['Why', safe(reason)]] : pairs;
  const given = shown.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`]));
  const story = changeStory(change, disks);
  const small = smallPrint(change);
  const blocks: KnownBlock[] = [
    section(`*${headline}*`),
    context(asked),
    ...(given.length > 0 ? [facts(shown)] : []),
    ...(short ? [] : [section(whyWords('*Why*  ', reason))]),
    ...lineSections(story),
    ...(small.length > 0 ? [context(small.join('\n'))] : []),
    ...buttonRow(card, buttons),
    context(footer(change)),
  ];
  const why = short ? [] : [whyWords('Why: ', reason)];
  return message([headline, asked, ...given, ...why, ...story].join('\n'), blocks);
}

/** Who asked and when; of a policy that is changed, who did it stands in the first line. */
function askedWords(change: Change): string {
  const { state, deed, requester, createdAt } = change;
  if (state === 'done' && !deed.kind.startsWith('backup.')) return moment(createdAt);
  return `${mention(requester)} ${state === 'pending' ? 'asks' : 'asked'} for it, ${moment(createdAt)}`;
}

/** What someone may need to copy: ids, the cloud's code and the ids of its answers. */
function smallPrint({ deed, result, failure }: Change): readonly string[] {
  const named = (thing: string, id: string | undefined) => (id === undefined ? [] : [`${thing} \`${oneLine(id)}\``]);
  const backupId = result?.backupId ?? ('backupId' in deed ? deed.backupId : undefined);
  const codes = [
    ...((failure && [failureSmallPrint(failure) ?? []].flat()) || []),
    ...(result?.requestId === undefined || failure?.requestId === result.requestId
      ? []
      : [`request id ${oneLine(result.requestId)}`]),
    ...(result?.disks ? diskSmallPrint(result.disks) : []),
  ];
  return [
    ...named('backup', backupId),
    ...named('disk', diskOf(deed)),
    ...named('snapshot', deed.kind === 'backup.create' ? deed.backup.snapshotId : undefined),
    ...named('job', result?.jobId),
    ...codes,
  ];
}

/** The one disk that it is about. */
function diskOf(deed: Change['deed']): string | undefined {
  if (deed.kind === 'backup.create') return deed.backup.diskId;
  return deed.kind === 'backup.restore' ? deed.diskId : undefined;
}

function buttonRow({ change, mayRetry }: ChangeCard, ids: ChangeButtons): readonly KnownBlock[] {
  const { id: value } = change;
  const row = [
    ...decisionButtons(change, ids),
    ...(mayRetry ? [button({ text: 'Try again', actionId: ids.retry, value, style: 'primary' })] : []),
  ];
  return row.length > 0 ? [actions(...row)] : [];
}

function footer(change: Change): string {
  const code = `request ${requestCode(change.id)}`;
  return change.state === 'pending' ? `${decidersWords(change)}   ${code}` : code;
}
