import type { ModalView } from '@slack/types';
import { LIMITS, type Message, oneLine, option, plain, section } from '../kit.ts';
import { sentence } from '../sentence.ts';
import { count, marked, plural } from '../words.ts';
import { filterWords, type RecordPlace } from './audit-place.ts';

/** Where a file goes: into a thread of the channel in which the list was asked for, or to the person alone. */
export const destinations = ['thread', 'direct'] as const;
export type Destination = (typeof destinations)[number];

export interface ExportForm {
  readonly place: RecordPlace;
  readonly total: number;
  /** The channel that the list is in; undefined where that is no channel that others read. */
  readonly channel: string | undefined;
  /** What is chosen unless the person chooses otherwise. */
  readonly first: Destination;
  readonly callbackId: string;
  readonly metadata: string;
}

/** Asks where to put the file: who reads a channel may not be allowed to read the record. */
export function exportView(form: ExportForm): ModalView {
  const { place, total, channel, first } = form;
  const filter = filterWords(place.filter);
  const what = `${plural(total, 'entry')} of the record of ${oneLine(place.project)}${filter ? ` · ${filter}` : ''}`;
  const note = 'The file is comma-separated values in UTF-8, with a row for each entry, newest first.';
  const thread = option('Into a thread in this channel', 'thread', 'Everyone in it can read the file');
  const direct = option('To me alone', 'direct', 'As a direct message');
  const options = channel === undefined ? [direct] : [thread, direct];
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: plain('Export the record', LIMITS.viewTitle),
    submit: plain('Export', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`*${what}*\n${note}${channel === undefined ? '' : `\nThis channel is <#${channel}>.`}`),
      {
        type: 'input',
        block_id: 'where',
        label: plain('Where to', LIMITS.inputLabel),
        element: {
          type: 'radio_buttons',
          action_id: 'where',
          options,
          initial_option: options.find(({ value }) => value === first) ?? direct,
        },
      },
    ],
  };
}

export interface Exported {
  readonly place: RecordPlace;
  readonly rows: number;
  readonly more: boolean;
  /** Who asked for it, as safe mrkdwn that calls nobody. */
  readonly by: string;
}

/** Where the file is: on its way into the thread, which a stop of the bot may end; there; or it could not be put there. */
export type FileState = 'coming' | 'there' | 'failed';

/** What stands above the file. */
export function exportedView({ place, rows, more, by }: Exported, file: FileState): Message {
  const filter = filterWords(place.filter);
  const what = `Record of ${oneLine(place.project)}, ${plural(rows, 'entry')}${filter ? ` · ${filter}` : ''}`;
  const limit = `Only the newest ${count(rows)} are in it: choose a time in the filter to get the older ones.`;
  const then = {
    coming: `${by} exports it. The file follows in the thread; if it is not there in a minute, export once more: \`/vbs audit\`.`,
    there: `Exported by ${by}. The file is in the thread.`,
    failed: marked('failed', 'The file could not be put here. Export the record once more: `/vbs audit`.'),
  };
  const note = more && file !== 'failed' ? [marked('attention', limit)] : [];
  return sentence([what, then[file], ...note].join('\n'));
}

/** What the person is told once it is there. */
export function exportToldView(about: {
  readonly link: string | undefined;
  readonly rows: number;
  /** The channel that did not take it, so that it went to the person. */
  readonly refused: string | undefined;
}): Message {
  const { link, rows, refused } = about;
  const where = link === undefined ? 'in the thread of the bot’s message' : `in <${link}|this thread>`;
  const done = marked('done', `Exported: the file with ${plural(rows, 'entry')} is ${where}.`);
  if (refused === undefined) return sentence(done);
  const why = `The bot may not write in <#${refused}>, so it sent the file to you directly. \`/invite @vbs\` lets it in.`;
  return sentence(`${done}\n${marked('attention', why)}`);
}

/** What the person is told where the app was installed without the right to upload files. */
export function mayNotUploadView(): Message {
  const text =
    'The app may not upload files here, so nothing was exported. Whoever runs the bot can give it the scope `files:write`; `vbs-chatops doctor` says how.';
  return sentence(marked('failed', text));
}
