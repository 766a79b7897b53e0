/** How often: every so many days, or on these days of the week. The API wants one of them with any schedule. */
export type Frequency =
  | { readonly everyDays: number; readonly weekDays?: undefined }
  | { readonly weekDays: readonly string[]; readonly everyDays?: undefined };

/** How long backups are kept: so many of them, or so many days. */
export type Retention =
  | { readonly keepLast: number; readonly keepDays?: undefined }
  | { readonly keepDays: number; readonly keepLast?: undefined };

interface Plan {
  /** Full hours as `HH:mm`, UTC, at most 24 of them, ascending by the local time of the policy's zone. */
  readonly startTimes: readonly string[];
  readonly enabled: boolean;
  readonly keepFirstOfMonth?: boolean | undefined;
}

export type NewSchedule = Plan & Frequency & Retention;

/** What of a schedule is changed; the frequency is said anew in any case. */
export type ScheduleChange = Frequency & {
  readonly [Key in keyof Plan]?: Plan[Key] | undefined;
} & {
  readonly keepLast?: number | undefined;
  readonly keepDays?: number | undefined;
};

/** A schedule as the API spells it. */
export function wireSchedule(schedule: NewSchedule | ScheduleChange): Record<string, unknown> {
  return {
    start_time: schedule.startTimes?.join(','),
    frequency: schedule.everyDays,
    week_frequency: schedule.weekDays,
    rentention_num: schedule.keepLast,
    rentention_day: schedule.keepDays,
    remain_first_backup_of_curMonth: letterOf(schedule.keepFirstOfMonth, ['Y', 'N']),
    status: letterOf(schedule.enabled, ['ON', 'OFF']),
  };
}

function letterOf(value: boolean | undefined, [yes, no]: readonly [string, string]): string | undefined {
  if (value === undefined) return undefined;
  return value ? yes : no;
}
