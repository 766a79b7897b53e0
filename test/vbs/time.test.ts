import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTime } from '../../src/vbs/time.ts';

test.each([
  ['2017-08-08T04:03:27.456859', '2017-08-08T04:03:27.456Z'],
  ['2017-08-08T04:03:27.456', '2017-08-08T04:03:27.456Z'],
  ['2016-01-28T16:14:09.466Z', '2016-01-28T16:14:09.466Z'],
  ['2026-01-05T08:00:00.000000Z', '2026-01-05T08:00:00.000Z'],
  ['2017-08-08T04:03:27', '2017-08-08T04:03:27.000Z'],
  ['2017-08-08 04:03:27.5', '2017-08-08T04:03:27.500Z'],
  ['2024-02-29T23:59:59.999+00:00', '2024-02-29T23:59:59.999Z'],
])('%s is UTC, also where the machine is elsewhere', (text, expected) => {
  expect(parseTime(text)?.toISOString()).toBe(expected);
});

test.each([
  '',
  'yesterday',
  '2017-02-31T00:00:00Z',
  '2023-02-29T00:00:00Z',
  '2017-13-01T00:00:00Z',
  '2017-00-01T00:00:00Z',
  '2017-08-08T24:00:00Z',
  '2017-08-08T04:60:00Z',
  '2017-08-08T04:03:27.',
  '2017-08-08T04:03:27+02:00',
  '2017-08-08T04:03:27Zulu',
  '2x17-08-08T04:03:27Z',
  '2017/08/08T04:03:27Z',
  '2017-08-08T04:03',
])('%j is no time', (text) => {
  expect(parseTime(text)).toBeUndefined();
});

test('every moment of four centuries is read as it was written, with and without Z and microseconds', () => {
  const moments = fc.date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, (moment) => {
      const iso = moment.toISOString();
      const bare = iso.slice(0, -1);
      for (const text of [iso, bare, `${bare}859`, `${bare}859Z`]) expect(parseTime(text)).toEqual(moment);
    }),
  );
});
