import type { RegisteredSharing } from '../../core/sharing/sharing.ts';
import { failureSentence, failureSmallPrint } from '../failure-words.ts';
import { type Message, oneLine } from '../kit.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { marked } from '../words.ts';
import { backupWords } from './share-words.ts';

/** The end of a sharing that no request of the bot stands for, or that it could not be ended. */
export interface StoppedNotice {
  readonly sharing: RegisteredSharing;
  /** The project that has it, by name where it has one. */
  readonly receiver: string;
  readonly event: 'stopped' | 'stop-failed';
}

/** Tells the owners what became of a sharing that one of them had stopped. */
export function stoppedNoticeView({ sharing, receiver, event }: StoppedNotice): Message {
  const backup = backupWords({ name: sharing.backupName }, sharing.backupId);
  const what = `${backup} (${oneLine(sharing.project)}) with ${oneLine(receiver)}`;
  const id = `sharing \`${oneLine(sharing.id)}\``;
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
