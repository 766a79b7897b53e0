import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OffsetSource, pagesByOffset } from '../../src/vbs/paging/by-offset.ts';
import { rowsOf } from '../../src/vbs/paging/rows.ts';
import { all, gate } from './cloud.ts';

interface Listing {
  readonly source: OffsetSource<string>;
  readonly offsets: number[];
}

/** A list that answers as a server would, and may be changed before each page. */
function listing(
  rows: string[],
  how: { count?: number | 'unknown'; serverLimit?: number; beforePage?: (nth: number) => void } = {},
): Listing {
  const offsets: number[] = [];
  const source: OffsetSource<string> = {
    async page({ offset, limit }) {
      const nth = offsets.push(offset);
      how.beforePage?.(nth);
      return { items: rows.slice(offset, offset + Math.min(limit, how.serverLimit ?? limit)) };
    },
    count: async () => (how.count === 'unknown' ? undefined : (how.count ?? rows.length)),
    idOf: (row) => row,
  };
  return { source, offsets };
}

function names(count: number, prefix = 'r'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

function read(source: OffsetSource<string>, limit: number, ahead = 4): Promise<string[]> {
  return all(rowsOf(pagesByOffset(source, { limit, ahead })));
}

test.each([0, 1, 4, 5, 6, 9, 10, 49, 50, 51])(
  '%i rows come whole and in order, whatever the count says',
  async (size) => {
    for (const count of [size, 0, 1, 5, 10, size + 1, size + 1000, 'unknown'] as const) {
      for (const limit of [1, 2, 5, 1000]) {
        const rows = names(size);
        expect(await read(listing(rows, { count }).source, limit)).toEqual(rows);
      }
    }
  },
);

test('a list that fits a page costs one request', async () => {
  const { source, offsets } = listing(names(30));
  await read(source, 1000);
  expect(offsets).toEqual([0]);
});

test('pages are fetched side by side once the count is known, no more than asked for', async () => {
  const rows = names(100);
  const under = { way: 0, most: 0 };
  const { source } = listing(rows);
  const slow: OffsetSource<string> = {
    ...source,
    async page(range, signal) {
      under.most = Math.max(under.most, ++under.way);
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      under.way--;
      return await source.page(range, signal);
    },
  };
  expect(await read(slow, 10, 4)).toEqual(rows);
  expect(under.most).toBe(5);
});

test('a server’s own limit, lower than what is asked for, loses nothing', async () => {
  for (const size of [99, 100, 101, 250, 1000]) {
    const rows = names(size);
    for (const count of [size, 'unknown', 0, 5] as const)
      expect(await read(listing(rows, { serverLimit: 100, count }).source, 1000)).toEqual(rows);
  }
});

test('a server that ignores the offset is asked a few times, not for ever', async () => {
  const rows = names(10);
  const requests = { count: 0 };
  const source: OffsetSource<string> = {
    page: async () => {
      requests.count++;
      return { items: rows };
    },
    count: async () => 1_000_000,
    idOf: (row) => row,
  };
  expect(await read(source, 10)).toEqual(rows);
  expect(requests.count).toBeLessThan(15);
});

test('a server that goes round in a circle is left in the end', async () => {
  const circle = names(40);
  const requests = { count: 0 };
  const source: OffsetSource<string> = {
    page: async ({ offset, limit }) => {
      requests.count++;
      return { items: Array.from({ length: limit }, (_, index) => circle[(offset + index) % 40] ?? '') };
    },
    count: async () => 1_000_000,
    idOf: (row) => row,
  };
  expect(await read(source, 10)).toEqual(circle);
  expect(requests.count).toBeLessThan(30);
});

test('an empty page ends a list whose count promises more', async () => {
  const rows = names(10);
  const requests = { count: 0 };
  const source: OffsetSource<string> = {
    page: async ({ offset }) => {
      requests.count++;
      return { items: offset === 0 ? rows : [] };
    },
    count: async () => 1_000_000,
    idOf: (row) => row,
  };
  expect(await read(source, 10)).toEqual(rows);
  expect(requests.count).toBeLessThan(20);
});

test('rows that leave in front of the reader take no others with them', async () => {
  const rows = names(20);
  const { source } = listing(rows, { beforePage: (nth) => nth === 2 && rows.splice(0, 5) });
  expect(await read(source, 5, 0)).toEqual(names(20));
});

test('rows that come in front of the reader bring no other twice', async () => {
  const rows = names(20);
  const { source } = listing(rows, { beforePage: (nth) => nth === 3 && rows.unshift(...names(7, 'new')) });
  expect(await read(source, 5, 0)).toEqual(names(20));
});

test('however a list changes meanwhile, what stays is given once and in order', async () => {
  const change = fc.record({
    before: fc.integer({ min: 2, max: 12 }),
    at: fc.nat({ max: 60 }),
    remove: fc.integer({ min: 0, max: 12 }),
    add: fc.integer({ min: 0, max: 12 }),
  });
  const setting = fc.record({
    size: fc.integer({ min: 0, max: 60 }),
    limit: fc.integer({ min: 2, max: 12 }),
    ahead: fc.integer({ min: 0, max: 4 }),
    changes: fc.array(change, { maxLength: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(setting, async ({ size, limit, ahead, changes }) => {
      const rows = names(size);
      const removed = new Set<string>();
      const { source } = listing(rows, {
        beforePage: (nth) => {
          for (const [index, { before, at, remove, add }] of changes.entries()) {
            if (before !== nth) continue;
            for (const row of rows.splice(at, remove)) removed.add(row);
            // New rows stand in front, as the newest do.
            rows.unshift(...names(add, `new${index}-`));
          }
        },
      });
      const given = await read(source, limit, ahead);
      expect(new Set(given).size).toBe(given.length);
      const stayed = (row: string) => row.startsWith('r') && !removed.has(row);
      expect(given.filter(stayed)).toEqual(names(size).filter(stayed));
    }),
    { numRuns: 1000 },
  );
});

test('a reader that stops early ends the requests that it began', async () => {
  const aborted: number[] = [];
  const rows = names(100);
  const source: OffsetSource<string> = {
    async page({ offset, limit }, signal) {
      if (offset > 9) {
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      }
      signal?.addEventListener('abort', () => aborted.push(offset));
      return { items: rows.slice(offset, offset + limit) };
    },
    count: async () => 100,
    idOf: (row) => row,
  };
  const given: string[] = [];
  for await (const row of rowsOf(pagesByOffset(source, { limit: 10, ahead: 4 }))) {
    given.push(row);
    if (given.length === 12) break;
  }
  expect(given).toEqual(names(12));
  expect(aborted).toEqual([0, 9]);
});

test('the caller’s signal reaches every page', async () => {
  const giveUp = new AbortController();
  const begun = gate();
  const source: OffsetSource<string> = {
    page: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        begun.open();
      }),
    idOf: (row) => row,
  };
  const rows = all(rowsOf(pagesByOffset(source, { limit: 10, ahead: 0, signal: giveUp.signal })));
  await begun.opened;
  giveUp.abort(new Error('enough'));
  await expect(rows).rejects.toThrow('enough');
});

test('a page that fails fails the list, and the list is over', async () => {
  const rows = names(30);
  const source: OffsetSource<string> = {
    page: async ({ offset, limit }) => {
      if (offset > 9) throw new Error('broken');
      return { items: rows.slice(offset, offset + limit) };
    },
    count: async () => 30,
    idOf: (row) => row,
  };
  const iterator = rowsOf(pagesByOffset(source, { limit: 10, ahead: 4 }));
  for (let index = 0; index < 19; index++) await iterator.next();
  await expect(iterator.next()).rejects.toThrow('broken');
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

test('several rows asked for at once come in order', async () => {
  const iterator = rowsOf(pagesByOffset(listing(names(12)).source, { limit: 5, ahead: 4 }));
  const results = await Promise.all(Array.from({ length: 13 }, () => iterator.next()));
  expect(results.map((result) => result.value)).toEqual([...names(12), undefined]);
});
