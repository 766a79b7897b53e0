import type { ModalView } from '@slack/types';
import type { NamedBackup, NamedBackups } from '../../core/backups/named-backups.ts';
import { failureFact } from '../failure-words.ts';
import { context, LIMITS, type Message, oneLine, option, plain, section } from '../kit.ts';
import { optionLists } from '../option-lists.ts';
import { sentence } from '../sentence.ts';
import { marked, plural } from '../words.ts';

/** The block in which one of several backups is chosen. */
export const NAMED_BLOCK = 'backup';

/** Asks which of the backups that a message names is meant. `value` makes an entry's value. */
export function shareNamedView(
  { backups, unread }: NamedBackups,
  about: { readonly callbackId: string; readonly metadata: string; readonly value: (backup: NamedBackup) => string },
): ModalView {
  const options = backups.map((one) => option(`${one.name || one.id} (${one.project})`, about.value(one), one.id));
  return {
    type: 'modal',
    callback_id: about.callbackId,
    private_metadata: about.metadata,
    title: plain('Share a backup', LIMITS.viewTitle),
    submit: plain('Next', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`The message names ${plural(backups.length, 'backup')}. Which one is to be shared?`),
      {
        type: 'input',
        block_id: NAMED_BLOCK,
        label: plain('Backup', LIMITS.inputLabel),
        element: {
          type: 'static_select',
          action_id: NAMED_BLOCK,
          placeholder: plain('Choose a backup', LIMITS.placeholder),
          ...optionLists(options),
        },
      },
      ...(unread.length > 0 ? [context(unreadLines(unread).join('\n'))] : []),
    ],
  };
}

/** Says that a message names no backup, and what to do. */
export function noneNamed(unread: NamedBackups['unread']): Message {
  const what = 'This message names no backup of a project in which you may ask for one.';
  const then =
    'A backup is known by its whole name or its id. `/vbs share` lets you search for it, `/vbs backups` lists them.';
  return sentence(`${what} ${then}`, ...unreadLines(unread));
}

function unreadLines(unread: NamedBackups['unread']): string[] {
  return unread.map(({ project, failure }) =>
    marked('attention', `Backups of ${oneLine(project)} were not looked at. ${failureFact(failure)}`),
  );
}
