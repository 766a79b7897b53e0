import type { ShareTarget } from '../../core/sharing/share-request.ts';
import type { RegisteredSharing } from '../../core/sharing/sharing.ts';
import { failureSentence, failureSmallPrint } from '../failure-words.ts';
import { type Message, oneLine } from '../kit.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { count, marked } from '../words.ts';
import { backupWords, targetsWords } from './share-words.ts';

/** More ids than these are counted, not named. */
const IDS_NAMED = 5;

/** The end of sharings of one backup that no request of the bot stands for, or that one could not be ended. */
export interface StoppedNotice {
  readonly sharings: readonly [RegisteredSharing, ...RegisteredSharing[]];
  /** The projects that have them, by name where they have one. */
  readonly receivers: readonly Pick<ShareTarget, 'alias' | 'projectId'>[];
  readonly event: 'stopped' | 'stop-failed';
}

/** Tells the owners what became of sharings that one of them had stopped. */
export function stoppedNoticeView({ sharings, receivers, event }: StoppedNotice): Message {
  const [sharing] = sharings;
  const backup = backupWords({ name: sharing.backupName }, sharing.backupId);
  const what = `${backup} (${oneLine(sharing.project)}) with ${targetsWords(receivers)}`;
  const [named, left] = [sharings.slice(0, IDS_NAMED), sharings.length - IDS_NAMED];
  const more = left > 0 ? `, and ${count(left)} more` : '';
  const id = `${sharings.length === 1 ? 'sharing' : 'sharings'} ${named.map((one) => `\`${oneLine(one.id)}\``).join(', ')}${more}`;
  if (event === 'stopped') {
    const whose = sharing.stoppedBy === undefined ? 'Its end has come' : `${mention(sharing.stoppedBy)} ordered it`;
    return sentence(marked('stopped', `No longer shared: ${what}. ${whose}.`), id);
  }
  const { failure } = sharing;
  const why = failure === undefined ? '' : ` ${failureSentence(failure)}`;
  const small = failure && failureSmallPrint(failure);
  const text = marked('failed', `Still shared: ${what}. It could not be stopped.${why}`);
  return sentence(text, ...(small === undefined ? [id] : [id, small]));
}
