import type { Policy } from './types.ts';
import { WEEKDAYS } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
// The longest interval that the API lets a policy have.
const LONGEST_INTERVAL_DAYS = 30;
// 1 January 1970 was a Thursday.
const FIRST_WEEKDAY = 4;

export type Schedule = Pick<Policy, 'startTimes' | 'frequency' | 'weekdays' | 'timeZone' | 'createdAt'>;

/**
 * The first time after `after` at which the schedule strikes. Start times are in UTC, days are those of the
 * policy's zone, `frequency` counts days from the policy's creation and wins over the weekdays.
 */
export function nextStrike(schedule: Schedule, after: number): number | null {
  const offset = zoneOffset(schedule.timeZone);
  const today = localDay(after, offset);
  for (let day = today; day <= today + LONGEST_INTERVAL_DAYS + 1; day++) {
    if (!strikesOn(schedule, day, offset)) continue;
    const strikes = schedule.startTimes
      .map((time) => day * DAY + localTimeOfDay(time, offset) - offset)
      .filter((strike) => strike > after);
    if (strikes.length > 0) return Math.min(...strikes);
  }
  return null;
}

/** Whether two times fall in the same month of the zone. */
export function sameLocalMonth(a: number, b: number, timeZone: string | null): boolean {
  const offset = zoneOffset(timeZone);
  const [first, second] = [new Date(a + offset), new Date(b + offset)];
  return first.getUTCFullYear() === second.getUTCFullYear() && first.getUTCMonth() === second.getUTCMonth();
}

function strikesOn(schedule: Schedule, day: number, offset: number): boolean {
  if (schedule.frequency !== null) {
    const age = day - localDay(schedule.createdAt, offset);
    return age >= 0 && age % schedule.frequency === 0;
  }
  const weekday = WEEKDAYS[(day + FIRST_WEEKDAY) % WEEKDAYS.length];
  return weekday !== undefined && (schedule.weekdays ?? []).includes(weekday);
}

function localDay(time: number, offset: number): number {
  return Math.floor((time + offset) / DAY);
}

function localTimeOfDay(utc: string, offset: number): number {
  const [hours = 0, minutes = 0] = utc.split(':').map(Number);
  const local = (hours * 60 + minutes) * MINUTE + offset;
  return ((local % DAY) + DAY) % DAY;
}

/** The milliseconds by which `UTC+08:00` is ahead of UTC. */
function zoneOffset(timeZone: string | null): number {
  const parts = /^UTC([+-])(\d{2}):(\d{2})$/.exec(timeZone ?? '');
  if (parts === null) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === '-' ? -minutes : minutes) * MINUTE;
}
