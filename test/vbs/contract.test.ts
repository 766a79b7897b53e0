import { describe, expect, test } from 'vitest';
import { VbsApiError, VbsAuthError, VbsError, VbsInputError, VbsSchemaError } from '../../src/vbs/errors.ts';
import { operations } from '../../src/vbs/operations.ts';
import type { NativeApiVersion } from '../../src/vbs/options.ts';
import { rejection } from './cloud.ts';
import { answers } from './contract/answers.ts';
import { type Called, calls, type OperationCalls } from './contract/calls.ts';
import { countCalls } from './contract/coverage.ts';
import { isOperation, reached, region } from './contract/region.ts';
import { reference } from './reference.ts';

/** The statuses that every page of the reference lists, and those of rates. */
const refusals = [400, 401, 403, 404, 405, 406, 407, 408, 409, 429, 500, 501, 502, 503, 504];

const rows = Object.entries(calls).flatMap(([id, row]): [Called, OperationCalls][] =>
  isOperation(id) && id !== 'getToken' ? [[id, row]] : [],
);

const coverage = await countCalls();

describe.each(rows)('%s', (id, { route, call, withId, field, ...row }) => {
  const { effect, path } = operations[id];
  const isRead = effect === 'read';
  const version = row.deprecated ? 'v2' : 'v3';
  const versions: readonly NativeApiVersion[] = path.startsWith('/{native}/') ? ['v2', 'v3'] : [version];

  test.each(versions)('succeeds (%s)', async (native) => {
    const { client } = await region(native);
    expect(await call(client, (await row.given?.(client)) ?? '')).toEqual(answers[id]);
  });

  test('tells what the cloud refuses with, and whether something may have changed', async () => {
    const { sim, client } = await region(version, { retry: { tries: 2 } });
    const given = (await row.given?.(client)) ?? '';
    for (const status of refusals) {
      sim.setFaults({ clear: true, routes: [{ route, kind: 'status', status }] });
      const before = sim.log().length;
      const error = await rejection(call(client, given));
      expect(error).toBeInstanceOf(status === 401 ? VbsAuthError : VbsApiError);
      const mayHaveChanged = !isRead && (status >= 500 || status === 408);
      expect(error).toMatchObject({ operation: id, status, effect: mayHaveChanged ? 'unknown' : 'none' });
      const made = sim
        .log()
        .slice(before)
        .filter((entry) => entry.route === route && entry.status === status);
      // After a 401 a call is made once more with a new token; a write is not repeated otherwise.
      const repeats = status === 401 || (isRead && [408, 429, 500, 502, 503, 504].includes(status));
      expect([status, made.length]).toEqual([status, repeats ? 2 : 1]);
    }
  });

  if (withId)
    test('keeps a hostile id in its place', async () => {
      const { sim, client } = await region(version);
      for (const text of ['../../jobs', 'a/../b', '%2f', '..%2f..', ' ', 'x y', '?a=b', '#', 'ü', '\r\nX-Evil: 1']) {
        const before = sim.log().length;
        const error = await rejection(withId(client, text));
        expect(error).toBeInstanceOf(VbsApiError);
        expect(error).toMatchObject({ status: expect.toSatisfy((status) => status === 400 || status === 404) });
        expect(
          sim
            .log()
            .slice(before)
            .map((entry) => entry.route)
            .at(-1),
        ).toBe(route);
      }
    });

  if (withId)
    test('is not sent with an id that would lead elsewhere', async () => {
      const { sim, client } = await region(version);
      for (const text of ['', '.', '..', '\ud800']) {
        expect(await rejection(withId(client, text))).toBeInstanceOf(VbsInputError);
      }
      expect(sim.log()).toEqual([]);
    });

  test('says of a malformed answer what it was, and never takes it for done', async () => {
    const { sim, client } = await region(version, { retry: { tries: 1 } });
    const given = (await row.given?.(client)) ?? '';
    const faults = [
      { kind: 'html', status: 502 },
      { kind: 'cut_before' },
      ...(row.bare ? [] : [{ kind: 'truncated' }]),
    ];
    for (const fault of faults) {
      sim.setFaults({ clear: true, routes: [{ route, ...fault, times: 1 }] });
      const error = await rejection(call(client, given));
      expect(error).toBeInstanceOf(VbsError);
      expect(error).toMatchObject({ operation: id, effect: isRead ? 'none' : 'unknown' });
    }
  });

  if (field)
    test('names a field that the answer lacks', async () => {
      const { sim, client } = await region(version);
      const given = (await row.given?.(client)) ?? '';
      sim.setFaults({ routes: [{ route, kind: 'wrong_schema', drop: field }] });
      const error = await rejection(call(client, given));
      expect(error).toBeInstanceOf(VbsSchemaError);
      expect(error).toMatchObject({
        operation: id,
        field: expect.stringMatching(new RegExp(`\\b${field}$`)),
        effect: isRead ? 'none' : 'unknown',
      });
    });
});

/** The operation that makes a row of the reference; two of them share one. */
function isReached(title: string, row: string): boolean {
  const id = title.startsWith('Enabling') ? 'switchPolicy' : title.startsWith('Modifying') ? 'modifyPolicy' : undefined;
  return [...reached].some((each) => (id === undefined ? each.endsWith(` ${row}`) : each === `${id} ${row}`));
}

test('all of this reaches every operation of the reference', () => {
  const missed = reference.filter(({ title, calls: made }) => !made.every((row) => isReached(title, row)));
  process.stdout.write(`contract tests reach ${reference.length - missed.length} of ${reference.length} operations\n`);
  expect(missed.map(({ title }) => title)).toEqual([]);
});

test('all of this calls nearly every function of the client', async () => {
  const { called, functions, missed } = await coverage();
  const percent = Math.floor((called / functions) * 100);
  process.stdout.write(`contract tests call ${called} of ${functions} functions of the client (${percent} %)\n`);
  expect(functions).toBeGreaterThan(100);
  expect(percent, missed.join(', ')).toBeGreaterThanOrEqual(80);
});
