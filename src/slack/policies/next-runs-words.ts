import { nextRuns } from '../../core/policies/next-runs.ts';
import type { PolicyPlan } from '../../core/policies/policy.ts';
import { minutesPast } from '../../core/policies/time-zone.ts';
import { oneLine } from '../kit.ts';
import { plural, slackDate } from '../words.ts';

const SHOWN = 3;

export interface SeenRuns {
  readonly now: Date;
  /** When the schedule struck last, as far as the bot has seen it. */
  readonly lastRun: Date | undefined;
}

/** When a policy runs next, in the reader's zone, as safe mrkdwn; or why that cannot be told. */
export function nextRunsWords({ enabled, schedule }: PolicyPlan, { now, lastRun }: SeenRuns): string {
  const runs = nextRuns(schedule, { after: now, count: SHOWN, lastRun });
  if (runs === undefined) {
    const every = plural(schedule.everyDays ?? 0, 'day');
    return `every ${every}, counted from a day that the cloud does not tell, so the dates are known after its first run`;
  }
  const [first] = runs;
  if (first === undefined) return 'none';
  const dates = runs.map((run) => slackDate(run)).join(' · ');
  const counted = (schedule.everyDays ?? 1) > 1 ? ' (counted from its last run)' : '';
  return enabled ? `${dates}${counted}` : `none while it is off; were it on: ${dates}${counted}`;
}

/** What there is to know of a zone that is off by a part of an hour; undefined for one that is not. */
export function partHourWords(timeZone: string): string | undefined {
  const past = minutesPast(timeZone);
  if (past === 0) return undefined;
  return `The cloud starts policies at full hours of UTC. In ${oneLine(timeZone)} that is at ${past} min past the hour.`;
}
