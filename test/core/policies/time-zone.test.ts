import { describe, expect, it } from 'vitest';
import {
  hoursOf,
  localMinutes,
  minutesPast,
  offsetOf,
  startTimesAt,
  timeZones,
} from '../../../src/core/policies/time-zone.ts';

describe('time zones of policies', () => {
  it.each([
    ['UTC+00:00', 0],
    ['UTC+08:00', 480],
    ['UTC-03:30', -210],
    ['UTC+05:45', 345],
    ['UTC+14:00', 840],
    [undefined, 0],
    ['Europe/Berlin', 0],
    ['UTC+15:00', 0],
  ])('%s is %i minutes ahead of UTC', (zone, minutes) => {
    expect(offsetOf(zone)).toBe(minutes);
  });

  it.each([
    [[22], 'UTC+08:00', ['14:00']],
    [[2], 'UTC+08:00', ['18:00']],
    [[0, 23], 'UTC-05:00', ['05:00', '04:00']],
    [[22, 6, 22], 'UTC+00:00', ['06:00', '22:00']],
    // Ascending by the zone's own time, as the cloud wants it: not by UTC.
    [[1, 9], 'UTC+08:00', ['17:00', '01:00']],
    [[22], 'UTC+05:30', ['17:00']],
    [[0], 'UTC+05:45', ['19:00']],
    [[0], 'UTC-03:30', ['04:00']],
    [[0], 'UTC-09:30', ['10:00']],
    [[0], 'UTC+14:00', ['10:00']],
  ] as const)('hours %j of %s are %j in UTC, and the same hours again', (hours, zone, times) => {
    expect(startTimesAt(hours, zone)).toEqual(times);
    expect(hoursOf(times, zone)).toEqual([...new Set(hours)].sort((a, b) => a - b));
  });

  it('never misses a full hour of UTC in any zone, and comes back from it', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    for (const zone of timeZones) {
      const times = startTimesAt(hours, zone);
      expect(
        times.every((time) => /^([01]\d|2[0-3]):00$/.test(time)),
        zone,
      ).toBe(true);
      expect(new Set(times).size, zone).toBe(24);
      expect(hoursOf(times, zone), zone).toEqual(hours);
      const past = localMinutes(times, zone).map((minutes) => minutes % 60);
      expect(new Set(past), zone).toEqual(new Set([minutesPast(zone)]));
    }
  });
});
