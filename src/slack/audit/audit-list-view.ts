import type { KnownBlock } from '@slack/types';
import type { AuditAction, AuditEntry } from '../../core/audit.ts';
import type { Message } from '../kit.ts';
import { actions, button, context, header, message, oneLine, section } from '../kit.ts';
import { pageButtons, pageTitle } from '../list-page.ts';
import { marked, slackDate } from '../words.ts';
import { filterWords, placeValue, type RecordPlace } from './audit-place.ts';
import { entryWords, type NamedEntry } from './audit-words.ts';
import type { RecordPage } from './read-audit.ts';
import { inMessage } from './speech.ts';

/** The ids of what can be clicked in the list. */
export interface RecordIds {
  readonly page: string;
  readonly filter: string;
  readonly export: string;
}

/** A page of a project's record: who did what, when, with what outcome. */
export function recordView(parts: RecordPage, ids: RecordIds): Message {
  const { place, page, entries } = parts;
  if (page.total === 0) return emptyView(place, ids);
  const title = pageTitle(`Record of ${place.project}`, page);
  const filter = [filterWords(place.filter), 'newest first'].filter((part) => part !== undefined).join(' · ');
  const lines = entries.map(({ entry, ...names }) => lineOf({ entry, ...names }));
  const small = entries.map(({ entry }) => smallPrint(entry));
  const blocks = lines.flatMap((line, index): KnownBlock[] => [section(line), context(small[index] ?? '')]);
  const turn = (to: number) => placeValue({ ...place, page: to });
  const told = lines.map((line, index) => `${line}\n${small[index]}`);
  return message([oneLine(title), filter, ...told].join('\n\n'), [
    header(title),
    context(filter),
    ...blocks,
    ...pageButtons(page, { actionId: ids.page, value: turn, newestFirst: true }),
    actions(
      button({ text: 'Change filter', actionId: ids.filter, value: placeValue(place) }),
      button({ text: 'Export as CSV…', actionId: ids.export, value: placeValue(place) }),
    ),
  ]);
}

/** Only what went wrong has a mark, so that it is found. */
function lineOf(named: NamedEntry): string {
  const words = entryWords(named, inMessage);
  const { outcome } = named.entry;
  if (outcome === 'ok') return words;
  return outcome === 'failed' ? marked('failed', `Failed: ${words}`) : marked('attention', unsureWords(words));
}

/** Most sentences of what is not certain say so themselves. */
function unsureWords(words: string): string {
  return words.startsWith('It is not certain') ? words : `Not certain: ${words}`;
}

const subjects: Readonly<Record<string, string>> = {
  share: 'request',
  sharing: 'sharing',
  policy: 'run',
  change: 'change',
};

function smallPrint({ at, action, subject, cloudRequestId }: AuditEntry): string {
  return [
    slackDate(at),
    `${subjectWord(action)} \`${oneLine(subject)}\``,
    ...(cloudRequestId === undefined ? [] : [`the cloud’s request id \`${oneLine(cloudRequestId)}\``]),
  ].join(' · ');
}

function subjectWord(action: AuditAction): string {
  return subjects[action.split('.')[0] ?? ''] ?? 'id';
}

function emptyView(place: RecordPlace, ids: RecordIds): Message {
  const project = oneLine(place.project);
  const filter = filterWords(place.filter);
  if (filter === undefined) {
    const text = `*Record of ${project}*: nothing yet\nWhatever is asked for, decided or changed through the bot is put down here.`;
    return message(text, [section(text)]);
  }
  const text = `*Record of ${project}*: nothing matches · ${filter}\nChange the filter, or look at all of it.`;
  const all = placeValue({ ...place, page: 0, filter: {} });
  return message(text, [
    section(text),
    actions(
      button({ text: 'Change filter', actionId: ids.filter, value: placeValue(place) }),
      button({ text: 'Show all', actionId: `${ids.page}#all`, value: all }),
    ),
  ]);
}
