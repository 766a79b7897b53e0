import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRuns } from '../../../src/core/policies/next-runs.ts';
import type { Schedule } from '../../../src/core/policies/policy.ts';
import { timeZones } from '../../../src/core/policies/time-zone.ts';
import { nextStrike } from '../../../src/sandbox/vbs/world/schedule.ts';
import { WEEKDAYS } from '../../../src/sandbox/vbs/world/types.ts';

// 20 November 2026 is a Friday.
const NOON = '2026-11-20T12:20:00Z';

function schedule(about: Partial<Schedule>): Schedule {
  return { times: ['14:00'], timeZone: undefined, everyDays: undefined, weekDays: undefined, ...about };
}

function runs(about: Partial<Schedule>, { after = NOON, lastRun }: { after?: string; lastRun?: string } = {}) {
  const wanted = { after: new Date(after), count: 3, lastRun: lastRun === undefined ? undefined : new Date(lastRun) };
  return nextRuns(schedule(about), wanted)?.map((run) => run.toISOString().slice(0, 16));
}

describe('nextRuns', () => {
  it.each<[string, Partial<Schedule>, readonly string[]]>([
    ['today, where the time is still to come', { everyDays: 1 }, ['20T14:00', '21T14:00', '22T14:00']],
    ['tomorrow, where it is over', { everyDays: 1, times: ['12:00'] }, ['21T12:00', '22T12:00', '23T12:00']],
    ['several times a day', { everyDays: 1, times: ['01:00', '13:00'] }, ['20T13:00', '21T01:00', '21T13:00']],
    ['on days of the week in UTC', { weekDays: ['MON', 'FRI'] }, ['20T14:00', '23T14:00', '27T14:00']],
    // 02:00 on Saturday in UTC+08:00 is 18:00 on Friday in UTC.
    [
      'on a day that begins earlier than in UTC',
      { weekDays: ['SAT'], timeZone: 'UTC+08:00', times: ['18:00'] },
      ['20T18:00', '27T18:00', '2026-12-04T18:00'],
    ],
    // 20:00 on Friday in UTC-05:00 is 01:00 on Saturday in UTC.
    [
      'on a day that ends later than in UTC',
      { weekDays: ['FRI'], timeZone: 'UTC-05:00', times: ['01:00'] },
      ['21T01:00', '28T01:00', '2026-12-05T01:00'],
    ],
    [
      'on both sides of midnight of UTC',
      { weekDays: ['SAT'], timeZone: 'UTC+08:00', times: ['17:00', '01:00'] },
      ['20T17:00', '21T01:00', '27T17:00'],
    ],
    [
      'at half past, in a zone that is off by half an hour',
      { weekDays: ['SAT'], timeZone: 'UTC+05:30', times: ['19:00'] },
      ['20T19:00', '27T19:00', '2026-12-04T19:00'],
    ],
    ['never, without a time', { everyDays: 1, times: [] }, []],
    ['never, without a day', { weekDays: [] }, []],
  ])('strikes %s', (_, about, expected) => {
    expect(runs(about)).toEqual(expected.map((run) => (run.length > 8 ? run : `2026-11-${run}`)));
  });

  it('counts every so many days from the last run, which alone tells on which days they are', () => {
    expect(runs({ everyDays: 3 })).toBeUndefined();
    expect(runs({ everyDays: 1e300 }, { lastRun: '2026-11-19T14:00:07Z' })).toBeUndefined();
    const expected = ['2026-11-22T14:00', '2026-11-25T14:00', '2026-11-28T14:00'];
    expect(runs({ everyDays: 3 }, { lastRun: '2026-11-19T14:00:07Z' })).toEqual(expected);
    const away = ['2026-11-20T18:00', '2026-11-22T18:00', '2026-11-24T18:00'];
    const zone = { everyDays: 2, timeZone: 'UTC+08:00', times: ['18:00'] };
    expect(runs(zone, { lastRun: '2026-11-18T18:00:00Z' })).toEqual(away);
  });

  it('leaves out the moment itself', () => {
    expect(runs({ everyDays: 1 }, { after: '2026-11-20T14:00:00Z' })?.[0]).toBe('2026-11-21T14:00');
  });

  it('agrees with the cloud on every schedule', () => {
    const hour = fc.integer({ min: 0, max: 23 }).map((at) => `${String(at).padStart(2, '0')}:00`);
    const days = fc.oneof(
      fc.record({ everyDays: fc.integer({ min: 1, max: 14 }), weekDays: fc.constant(undefined) }),
      fc.record({
        everyDays: fc.constant(undefined),
        weekDays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      }),
    );
    const any = fc.record({
      times: fc.uniqueArray(hour, { minLength: 1 }),
      timeZone: fc.constantFrom(undefined, ...timeZones),
      days,
      age: fc.integer({ min: 15 * 24 * 60, max: 100 * 24 * 60 }),
    });
    fc.assert(
      fc.property(any, ({ times, timeZone, days: { everyDays, weekDays }, age }) => {
        const after = new Date(NOON);
        const inCloud = {
          startTimes: times,
          frequency: everyDays ?? null,
          weekdays: weekDays ?? null,
          timeZone: timeZone ?? null,
          createdAt: after.getTime() - age * 60_000,
        };
        const strike = (from: number) => nextStrike(inCloud, from) ?? 0;
        const first = strike(after.getTime());
        const expected = [first, strike(first), strike(strike(first))];
        const lastRun = new Date(strike(inCloud.createdAt));
        const found = nextRuns({ times, timeZone, everyDays, weekDays }, { after, count: 3, lastRun });
        expect(found?.map((run) => run.getTime())).toEqual(expected);
      }),
    );
  });
});
