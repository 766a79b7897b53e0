import { describe, expect, it } from 'vitest';
import {
  ago,
  count,
  duration,
  gib,
  list,
  MARKS,
  marked,
  plural,
  retentionInWords,
  scheduleInWords,
  slackDate,
  utc,
} from '../../src/slack/words.ts';

const NOW = new Date('2026-11-21T04:16:30Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('marks', () => {
  it('never stand without their word', () => {
    expect(Object.keys(MARKS)).toEqual(
      'waiting working done failed attention refused withdrawn stopped expired'.split(' '),
    );
    expect(marked('waiting')).toBe('⏳ Waiting');
    expect(marked('done', 'Shared: db-1')).toBe('✅ Shared: db-1');
  });
});

describe('dates', () => {
  it('are shown in the zone of the reader, and in UTC where that is not possible', () => {
    expect(slackDate(NOW)).toBe('<!date^1795234590^{date_short_pretty} at {time}|21 Nov 2026, 04:16 UTC>');
    expect(slackDate(NOW, 'day')).toBe('<!date^1795234590^{date_short_pretty}|21 Nov 2026>');
    expect(slackDate(NOW, 'time')).toBe('<!date^1795234590^{time}|04:16 UTC>');
  });

  it('have a form for plain text', () => {
    expect(utc(new Date('2026-01-05T23:59:59.999Z'))).toBe('5 Jan 2026, 23:59 UTC');
  });

  it.each([
    [0, 'just now'],
    [-29_999, 'just now'],
    [20_000, 'just now'],
    [-MINUTE, '1 min ago'],
    [-59 * MINUTE, '59 min ago'],
    [-(59 * MINUTE + 40_000), '1 h ago'],
    [-2 * HOUR, '2 h ago'],
    [-26 * HOUR, '26 h ago'],
    [-47 * HOUR, '47 h ago'],
    [-48 * HOUR, '2 d ago'],
    [-1204 * DAY, '1,204 d ago'],
    [5 * MINUTE, 'in 5 min'],
    [3 * HOUR, 'in 3 h'],
    [3 * DAY - 1, 'in 3 d'],
  ])('%i ms from now are %s', (offset, expected) => {
    expect(ago(new Date(NOW.getTime() + offset), NOW)).toBe(expected);
  });
});

describe('durations', () => {
  it.each([
    [-5, 'less than 1 s'],
    [999, 'less than 1 s'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [4 * MINUTE + 12_345, '4 min 12 s'],
    [HOUR, '1 h'],
    [HOUR + 30_000, '1 h'],
    [2 * HOUR + 5 * MINUTE + 59_000, '2 h 5 min'],
    [DAY + 3 * HOUR, '1 d 3 h'],
  ])('of %i ms are %s', (milliseconds, expected) => {
    expect(duration(milliseconds)).toBe(expected);
  });
});

describe('numbers and lists', () => {
  it('have their thousands apart and their units', () => {
    expect([count(0), count(1204), count(1_234_567)]).toEqual(['0', '1,204', '1,234,567']);
    expect([gib(100), gib(10_240), gib(0.5)]).toEqual(['100 GiB', '10,240 GiB', '0.5 GiB']);
  });

  it.each([
    [0, 'disk', '0 disks'],
    [1, 'disk', '1 disk'],
    [1204, 'backup', '1,204 backups'],
    [2, 'policy', '2 policies'],
    [2, 'day', '2 days'],
    [2, 'box', '2 boxes'],
  ])('%i of %s are %s', (number, thing, expected) => {
    expect(plural(number, thing)).toBe(expected);
  });

  it('take a plural of their own', () => {
    expect(plural(2, 'person', 'people')).toBe('2 people');
  });

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j reads %j', (things, expected) => {
    expect(list(things)).toBe(expected);
  });

  it('may offer a choice', () => {
    expect(list(['a', 'b', 'c'], 'or')).toBe('a, b or c');
  });
});

describe('a schedule', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

  it.each([
    ['every day', { times: ['02:00'], everyDays: 1 }, 'every day at 02:00 (UTC)'],
    ['every so many days', { times: ['02:00'], everyDays: 3 }, 'every 3 days at 02:00 (UTC)'],
    [
      'several times in its own zone',
      { times: ['14:00', '15:00'], timeZone: 'UTC+08:00', everyDays: 1 },
      'every day at 22:00 and 23:00 (UTC+08:00)',
    ],
    [
      'times beyond midnight, in local order',
      { times: ['15:00', '16:00', '17:00'], timeZone: 'UTC+08:00', everyDays: 1 },
      'every day at 00:00, 01:00 and 23:00 (UTC+08:00)',
    ],
    ['a zone west of UTC', { times: ['02:00'], timeZone: 'UTC-05:00', everyDays: 1 }, 'every day at 21:00 (UTC-05:00)'],
    [
      'a zone of half an hour',
      { times: ['20:00'], timeZone: 'UTC+05:30', everyDays: 1 },
      'every day at 01:30 (UTC+05:30)',
    ],
    ['UTC by another name', { times: ['02:00'], timeZone: 'UTC+00:00', everyDays: 1 }, 'every day at 02:00 (UTC)'],
    ['a zone that does not parse', { times: ['02:00'], timeZone: 'Mars', everyDays: 1 }, 'every day at 02:00 (UTC)'],
    ['days of the week', { times: ['02:00'], weekDays: ['WED', 'MON'] }, 'on Mon and Wed at 02:00 (UTC)'],
    [
      'days of the week as the policy counts them, though UTC is a day behind',
      { times: ['18:00'], timeZone: 'UTC+08:00', weekDays: ['SUN'] },
      'on Sun at 02:00 (UTC+08:00)',
    ],
    [
      'the whole week',
      { times: ['02:00'], weekDays: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
      'every day at 02:00 (UTC)',
    ],
    ['both kinds of days', { times: ['02:00'], everyDays: 2, weekDays: ['SUN'] }, 'every 2 days at 02:00 (UTC)'],
    ['no days', { times: ['02:00'] }, 'at 02:00 (UTC)'],
    ['each hour of the day', { times: hours, everyDays: 1 }, 'every hour (UTC)'],
    ['the same time twice', { times: ['02:00', '02:00'], everyDays: 1 }, 'every day at 02:00 (UTC)'],
    ['times that are none', { times: ['25:00', 'noon'], everyDays: 1 }, 'no start time set'],
  ])('of %s', (_, parts, expected) => {
    expect(scheduleInWords({ ...parts, enabled: true })).toBe(expected);
  });

  it('that is off says so first', () => {
    expect(scheduleInWords({ times: ['02:00'], everyDays: 1, enabled: false })).toBe(
      'off; when on, every day at 02:00 (UTC)',
    );
    expect(scheduleInWords({ times: [], enabled: false })).toBe('off');
  });
});

describe('a retention', () => {
  it.each([
    [{ keepLast: 7 }, 'keeps the last 7 backups'],
    [{ keepLast: 1 }, 'keeps the last backup'],
    [{ keepLast: 7, keepFirstOfMonth: true }, 'keeps the last 7 backups, and the first of each month'],
    [{ keepDays: 30 }, 'keeps backups for 30 days'],
    [{ keepDays: 1, keepFirstOfMonth: true }, 'keeps backups for 1 day, and the first of each month'],
    [{ keepLast: 7, keepDays: 30 }, 'keeps the last 7 backups'],
    [{ keepLast: undefined, keepDays: undefined, keepFirstOfMonth: true }, 'keeps every backup'],
    [{}, 'keeps every backup'],
  ])('of %j', (parts, expected) => {
    expect(retentionInWords(parts)).toBe(expected);
  });
});
