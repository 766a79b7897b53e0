import type { Schedule } from './policy.ts';
import { localMinutes, offsetOf } from './time-zone.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
/** Longer intervals are none that any cloud takes, and counting through them would take for ever. */
const LONGEST_DAYS = 366;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4;

export interface RunsWanted {
  readonly after: Date;
  readonly count: number;
  /** When the schedule last struck, as far as that is known. */
  readonly lastRun: Date | undefined;
}

/**
 * The next times at which a schedule strikes, were it on. Days, also those of the week, are those of the policy's zone.
 * Every so many days is counted from a day that the cloud does not tell: from the last run, if that is known; undefined
 * where it is not.
 */
export function nextRuns(schedule: Schedule, { after, count, lastRun }: RunsWanted): readonly Date[] | undefined {
  const { times, timeZone, everyDays } = schedule;
  const offset = offsetOf(timeZone) * MINUTE;
  const starts = localMinutes(times, timeZone);
  const strikesOn = dayTest(schedule, lastRun && dayOf(lastRun, offset));
  if (strikesOn === undefined) return undefined;
  const runs: Date[] = [];
  const today = dayOf(after, offset);
  // Every start of a day, or at least one in so many days.
  const last = today + (count + 1) * Math.max(everyDays ?? 0, WEEK.length);
  for (let day = today; day <= last && runs.length < count; day += 1) {
    if (!strikesOn(day)) continue;
    const ofDay = starts.map((minutes) => new Date(day * DAY + minutes * MINUTE - offset));
    runs.push(...ofDay.filter((run) => run > after));
  }
  return runs.slice(0, count);
}

function dayTest(
  { everyDays, weekDays = [] }: Schedule,
  anchor: number | undefined,
): ((day: number) => boolean) | undefined {
  if (everyDays === undefined) {
    const named = weekDays.map((day) => day.trim().toUpperCase());
    return (day) => named.includes(WEEK[(day + FIRST_WEEKDAY) % WEEK.length] ?? '');
  }
  if (everyDays === 1) return () => true;
  return anchor === undefined || everyDays > LONGEST_DAYS ? undefined : (day) => (day - anchor) % everyDays === 0;
}

/** The day of the zone, counted from 1970. */
function dayOf(moment: Date, offset: number): number {
  return Math.floor((moment.getTime() + offset) / DAY);
}
