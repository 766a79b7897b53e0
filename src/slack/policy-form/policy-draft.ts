import type { Policy, PolicyPlan } from '../../core/policies/policy.ts';
import { hoursOf, startTimesAt, UTC_ZONE } from '../../core/policies/time-zone.ts';
import type { FlatValue, FlatValues } from '../answers.ts';
import { textOf } from '../define.ts';
import { TAGS_BLOCK } from '../policy-tags/tags-input.ts';

export const WEEK = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

/** A policy as its form holds it: of two frequencies, and of two kinds of retention, one is chosen. */
export interface PolicyDraft {
  readonly name: string;
  readonly frequency: 'days' | 'week';
  readonly everyDays: number;
  readonly weekDays: readonly string[];
  readonly timeZone: string;
  /** Hours of the zone's own day. */
  readonly hours: readonly number[];
  readonly keep: 'last' | 'days';
  /** NaN where it is no number. */
  readonly keepCount: number;
  readonly firstOfMonth: boolean;
  readonly enabled: boolean;
  /** As they were typed, one a line: a new policy can be given some. */
  readonly tags: string;
}

/** What a form starts with: every night, the last seven kept, in the zone that most policies of the project have. */
export function newDraft(policies: readonly Policy[]): PolicyDraft {
  return {
    name: '',
    frequency: 'days',
    everyDays: 1,
    weekDays: WEEK.slice(0, 5),
    timeZone: commonZone(policies),
    hours: [1],
    keep: 'last',
    keepCount: 7,
    firstOfMonth: false,
    enabled: true,
    tags: '',
  };
}

function commonZone(policies: readonly Policy[]): string {
  const times = new Map<string, number>();
  for (const { schedule } of policies) {
    if (schedule.timeZone !== undefined) times.set(schedule.timeZone, (times.get(schedule.timeZone) ?? 0) + 1);
  }
  const [most] = [...times].sort(([, one], [, other]) => other - one);
  return most?.[0] ?? UTC_ZONE;
}

/** A policy that is there, to be changed. */
export function draftOf({ name, enabled, schedule, retention }: PolicyPlan): PolicyDraft {
  const { times, everyDays, weekDays = [], timeZone = UTC_ZONE } = schedule;
  const { keepLast, keepDays, keepFirstOfMonth } = retention;
  return {
    name,
    frequency: everyDays === undefined ? 'week' : 'days',
    everyDays: everyDays ?? 1,
    weekDays: everyDays === undefined ? weekDays : WEEK.slice(0, 5),
    timeZone,
    hours: hoursOf(times, timeZone),
    keep: keepLast === undefined && keepDays !== undefined ? 'days' : 'last',
    keepCount: keepLast ?? keepDays ?? Number.NaN,
    firstOfMonth: keepFirstOfMonth,
    enabled,
    tags: '',
  };
}

/** What was entered; where a field is not shown, what it would start with. */
export function enteredDraft(values: FlatValues, start: PolicyDraft): PolicyDraft {
  const also = several(values['also']) ?? [];
  return {
    name: (textOf(values['name']) ?? ('name' in values ? '' : start.name)).trim(),
    frequency: values['frequency'] === 'week' ? 'week' : 'days',
    everyDays: Number(textOf(values['everyDays']) ?? start.everyDays),
    weekDays: several(values['weekDays']) ?? start.weekDays,
    timeZone: textOf(values['timeZone']) ?? start.timeZone,
    hours: several(values['hours'])?.map(Number) ?? start.hours,
    keep: values['keep'] === 'days' ? 'days' : 'last',
    keepCount: Number(textOf(values['keepCount']) ?? Number.NaN),
    firstOfMonth: also.includes('first'),
    enabled: also.includes('enabled'),
    tags: textOf(values[TAGS_BLOCK]) ?? '',
  };
}

function several(value: FlatValue | undefined): readonly string[] | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** What the cloud is to make of it. */
export function planOf(draft: PolicyDraft): PolicyPlan {
  const { name, enabled, frequency, timeZone, keep, keepCount } = draft;
  return {
    name,
    enabled,
    schedule: {
      times: startTimesAt(draft.hours, timeZone),
      timeZone,
      everyDays: frequency === 'days' ? draft.everyDays : undefined,
      weekDays: frequency === 'week' ? draft.weekDays : undefined,
    },
    retention: {
      keepLast: keep === 'last' ? keepCount : undefined,
      keepDays: keep === 'days' ? keepCount : undefined,
      keepFirstOfMonth: draft.firstOfMonth,
    },
  };
}
