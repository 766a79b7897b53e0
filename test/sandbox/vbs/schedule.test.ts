import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../../src/sandbox/vbs/world/schedule.ts';
import { nextStrike } from '../../../src/sandbox/vbs/world/schedule.ts';

const MONTH_BEGIN = '2026-03-01T00:00:00Z'; // a Sunday

function strikes(schedule: Partial<Schedule>, after: string, count = 3): string[] {
  const whole: Schedule = {
    startTimes: ['02:00'],
    frequency: null,
    weekdays: null,
    timeZone: null,
    createdAt: Date.parse(MONTH_BEGIN),
    ...schedule,
  };
  const found: string[] = [];
  let time = Date.parse(after);
  while (found.length < count) {
    const strike = nextStrike(whole, time);
    if (strike === null) break;
    found.push(new Date(strike).toISOString().slice(5, 16));
    time = strike;
  }
  return found;
}

describe('a policy strikes', () => {
  test.each([
    ['every day', { frequency: 1 }, '2026-03-10T12:00:00Z', ['03-11T02:00', '03-12T02:00', '03-13T02:00']],
    ['strictly after', { frequency: 1 }, '2026-03-10T02:00:00Z', ['03-11T02:00', '03-12T02:00', '03-13T02:00']],
    ['a moment later', { frequency: 1 }, '2026-03-10T01:59:59Z', ['03-10T02:00', '03-11T02:00', '03-12T02:00']],
    [
      'every third day, from its creation',
      { frequency: 3 },
      MONTH_BEGIN,
      ['03-01T02:00', '03-04T02:00', '03-07T02:00'],
    ],
    ['every 30 days', { frequency: 30 }, '2026-03-01T02:00:00Z', ['03-31T02:00', '04-30T02:00', '05-30T02:00']],
    [
      'several times a day',
      { frequency: 1, startTimes: ['02:00', '14:00'] },
      '2026-03-10T03:00:00Z',
      ['03-10T14:00', '03-11T02:00', '03-11T14:00'],
    ],
    ['on its weekdays', { weekdays: ['SUN', 'WED'] }, MONTH_BEGIN, ['03-01T02:00', '03-04T02:00', '03-08T02:00']],
    [
      'on the weekday of its own zone, ahead of UTC',
      { weekdays: ['TUE'], startTimes: ['20:00'], timeZone: 'UTC+08:00' },
      MONTH_BEGIN,
      ['03-02T20:00', '03-09T20:00', '03-16T20:00'],
    ],
    [
      'on the weekday of its own zone, behind UTC',
      { weekdays: ['SUN'], startTimes: ['02:00'], timeZone: 'UTC-05:00' },
      MONTH_BEGIN,
      ['03-02T02:00', '03-09T02:00', '03-16T02:00'],
    ],
    [
      'at the local times of one local day, as the reference has it',
      { frequency: 2, startTimes: ['22:00', '00:00', '02:00'], timeZone: 'UTC+02:00' },
      '2026-03-02T12:00:00Z',
      ['03-02T22:00', '03-03T00:00', '03-03T02:00', '03-04T22:00'],
    ],
    [
      'by its frequency where it has weekdays too',
      { frequency: 1, weekdays: ['SUN'] },
      MONTH_BEGIN,
      ['03-01T02:00', '03-02T02:00', '03-03T02:00'],
    ],
    ['never without either', {}, MONTH_BEGIN, []],
  ] satisfies [string, Partial<Schedule>, string, string[]][])('%s', (_, schedule, after, expected) => {
    expect(strikes(schedule, after, expected.length || 1)).toEqual(expected);
  });
});
