import { BOT } from '../../core/audit.ts';
import type { Context, NewFile } from '../answers.ts';
import { csvEntry, csvHead } from './audit-csv.ts';
import { type RecordPlace, storeFilter } from './audit-place.ts';
import { entryNames } from './read-audit.ts';

/** A longer record goes into several files: Slack and spreadsheets have their limits, and so has the bot's memory. */
export const MOST_ROWS = 100_000;

export interface RecordFile {
  readonly file: NewFile;
  readonly rows: number;
  /** Whether there are older entries that are not in it. */
  readonly more: boolean;
}

/** The whole of what a list shows, as a file, read from the store part by part; at most `most` rows, the newest. */
export async function recordFile(ctx: Context, place: RecordPlace, most = MOST_ROWS): Promise<RecordFile> {
  const named = entryNames(ctx.core);
  const called = names(ctx);
  const chunks = [csvHead()];
  let rows = 0;
  let more = false;
  for await (const part of ctx.core.store.audit.parts(storeFilter(place))) {
    const fitting = part.slice(0, most - rows);
    const lines: string[] = [];
    for (const entry of fitting) lines.push(csvEntry(await named(entry), await called(entry.actor)));
    chunks.push(lines.join(''));
    rows += fitting.length;
    more = fitting.length < part.length;
    if (more) break;
  }
  const title = `Record of ${place.project}`;
  const stamp = ctx.now.toISOString().slice(0, 16).replace(/[:]/g, '');
  const name = `record-${place.project}-${stamp}Z.csv`;
  return { file: { name, title, content: Buffer.from(chunks.join('')) }, rows, more };
}

/** What people are called, each asked for once. */
function names({ client }: Context): (user: string) => Promise<string> {
  const known = new Map<string, string>([[BOT, 'the bot']]);
  return async (user) => {
    const name = known.get(user) ?? (await client.nameOf(user)) ?? user;
    known.set(user, name);
    return name;
  };
}
