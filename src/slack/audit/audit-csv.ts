import type { AuditEntry } from '../../core/audit.ts';
import { entryWords, type NamedEntry, outcomeWord } from './audit-words.ts';
import type { Speech } from './speech.ts';

const columns = [
  'time (UTC)',
  'who',
  'who (id)',
  'action',
  'what happened',
  'outcome',
  'project',
  'subject',
  'cloud request id',
  'details',
] as const;

/**
 * What begins a file of comma-separated values (RFC 4180): the mark by which spreadsheets know UTF-8, without which they
 * read names with accents as something else, and the names of the columns.
 */
export function csvHead(): string {
  return `\ufeff${csvRow(columns)}`;
}

/** An entry of the record as a row. `who` is the person's name, or their id where it is not known. */
export function csvEntry(named: NamedEntry, who: string): string {
  const { entry } = named;
  const say: Speech = { person: () => who, text: onOneLine };
  return csvRow([
    entry.at.toISOString(),
    who,
    entry.actor,
    entry.action,
    entryWords(named, say),
    outcomeWord(entry.outcome),
    entry.project,
    entry.subject,
    entry.cloudRequestId ?? '',
    detailsOf(entry),
  ]);
}

function detailsOf({ details }: AuditEntry): string {
  return Object.keys(details).length === 0 ? '' : JSON.stringify(details);
}

function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * A cell that is text and nothing else, whatever it holds: spreadsheets run what begins with one of these signs, also
 * behind blanks and in their wide forms, as a formula. The apostrophe makes it text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function onOneLine(raw: string): string {
  return raw.replaceAll(/\s+/g, ' ').trim();
}
