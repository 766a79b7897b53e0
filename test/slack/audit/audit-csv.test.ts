import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/core/audit.ts';
import { csvEntry, csvHead } from '../../../src/slack/audit/audit-csv.ts';
import type { NamedEntry } from '../../../src/slack/audit/audit-words.ts';
import { NOW } from '../policies/samples.ts';

const named = (more: Partial<AuditEntry>, name = 'db-nightly'): NamedEntry => ({
  entry: {
    at: NOW,
    actor: 'U0OLGA',
    action: 'share.requested',
    project: 'payments',
    subject: '01JD0REQUEST',
    outcome: 'ok',
    details: {},
    cloudRequestId: undefined,
    ...more,
  },
  name,
  disk: undefined,
  receivers: ['analytics'],
});

/** Reads a file as RFC 4180 says, quotes and line breaks within cells included. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted = '', end] of text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/gy)) {
    row.push(quoted.replaceAll('""', '"'));
    if (end !== '\r\n') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('the record as comma-separated values', () => {
  it('begins with the mark of UTF-8 and the names of the columns', () => {
    expect(csvHead().charCodeAt(0)).toBe(0xfeff);
    expect(read(csvHead().slice(1))).toEqual([
      [
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
      ],
    ]);
  });

  it('has a row for each entry, in words and as it was kept', () => {
    const details = { backup: 'b1', reason: 'Größe "prüfen", bitte\nheute' };
    const row = csvEntry(named({ details, cloudRequestId: 'req-1' }), 'Olga Okafor');
    expect(read(row)).toEqual([
      [
        '2026-11-20T12:20:00.000Z',
        'Olga Okafor',
        'U0OLGA',
        'share.requested',
        'Olga Okafor asked to share db-nightly with analytics: “Größe "prüfen", bitte heute”',
        'ok',
        'payments',
        '01JD0REQUEST',
        'req-1',
        JSON.stringify(details),
      ],
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '  =1', '\t=1', '\r=1', '＝1', '\n@x'])(
    'lets no spreadsheet run %j as a formula',
    (text) => {
      const [row] = read(csvEntry(named({ subject: text, project: text, cloudRequestId: text }), text));
      for (const at of [1, 4, 6, 7, 8]) expect(row?.[at]?.charAt(0), row?.[at]).toMatch(/['A-Z]/);
      expect(row?.[7]).toBe(`'${text}`);
    },
  );

  it('gives back every cell whatever is in it, ten to a row', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (id, words) => {
        const row = csvEntry(named({ subject: id, details: { reason: words } }, words), words);
        const [cells, ...others] = read(row);
        expect(others).toEqual([]);
        expect(cells).toHaveLength(10);
        expect(cells?.[7]?.replace(/^'/, '')).toBe(id.replace(/^'/, ''));
        for (const cell of cells ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
