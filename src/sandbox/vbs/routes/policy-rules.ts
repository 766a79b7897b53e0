import type { Policy, Weekday } from '../world/types.ts';
import { WEEKDAYS } from '../world/types.ts';
import type { Fields } from './policy-body.ts';
import { fieldsOf, policyRefusal } from './policy-body.ts';

const HOUR_TEXT = /^([01]\d|2[0-3]):00$/;
const MINUTES_A_DAY = 24 * 60;
// Of the two references one lets a new policy have 30 days, and both let a changed one have 14.
const LONGEST_INTERVAL = { create: 30, modify: 14 } as const;
const MOST_KEPT = { create: 99, modify: 14 } as const;
const LONGEST_KEPT_DAYS = 99_999;

export type ScheduleChange = Partial<
  Pick<
    Policy,
    'startTimes' | 'frequency' | 'weekdays' | 'retentionNum' | 'retentionDays' | 'keepFirstOfMonth' | 'status'
  >
>;

export function checkedName(name: unknown): string {
  if (name === undefined || name === '')
    throw policyRefusal('0101', 'The length of the backup policy name is invalid.');
  if (typeof name !== 'string') throw invalidName();
  if (name.length > 64) throw policyRefusal('0101', 'The length of the backup policy name is invalid.');
  if (!/^[A-Za-z0-9_-]+$/.test(name) || name.startsWith('default')) throw invalidName();
  return name;
}

/** `UTC+08:00`, between the zones that there are. */
export function checkedZone(zone: unknown): string {
  const parts = typeof zone === 'string' ? /^UTC([+-])(\d{2}):(\d{2})$/.exec(zone) : null;
  const minutes = parts === null ? Number.NaN : zoneMinutes(parts[0]);
  if (parts === null || Number(parts[3]) > 59 || minutes < -12 * 60 || minutes > 14 * 60)
    throw policyRefusal('0226', 'The time zone parameter is invalid.');
  return parts[0];
}

/** What a request wants of a schedule. A new one has to be whole; a change that is more than ON or OFF names its days. */
export function checkedSchedule(
  given: unknown,
  of: { call: 'create' | 'modify'; timeZone: string | null },
): ScheduleChange {
  const fields = fieldsOf(given);
  if (fields === null) throw policyRefusal('0001', 'The object contained in the request is empty.');
  const isNew = of.call === 'create';
  const needsDays = isNew || Object.keys(fields).some((name) => name !== 'status');
  return {
    ...(isNew || has(fields, 'start_time') ? { startTimes: startTimes(fields['start_time'], of.timeZone) } : {}),
    ...(needsDays ? days(fields, LONGEST_INTERVAL[of.call]) : {}),
    ...retention(fields, { isNew, mostKept: MOST_KEPT[of.call] }),
    ...(has(fields, 'remain_first_backup_of_curMonth')
      ? { keepFirstOfMonth: yesOrNo(fields['remain_first_backup_of_curMonth']) }
      : {}),
    ...(isNew || has(fields, 'status') ? { status: onOrOff(fields['status']) } : {}),
  };
}

/** Full hours in ascending order of the policy's own time, UTC where it has none. */
function startTimes(given: unknown, timeZone: string | null): string[] {
  const times = typeof given === 'string' ? given.split(',') : [];
  const offset = timeZone === null ? 0 : zoneMinutes(timeZone);
  const local = times.map((time) => (Number(time.slice(0, 2)) * 60 + offset + MINUTES_A_DAY) % MINUTES_A_DAY);
  const isAscending = local.every((time, place) => place === 0 || time > (local[place - 1] ?? 0));
  if (times.length === 0 || !times.every((time) => HOUR_TEXT.test(time)) || !isAscending)
    throw policyRefusal('0103', 'The parameter of the backup job start time is invalid.');
  return times;
}

function days(fields: Fields, longest: number): ScheduleChange {
  if (has(fields, 'frequency')) {
    const frequency = fields['frequency'];
    if (!isWhole(frequency, 1, longest)) throw invalidInterval();
    return { frequency, weekdays: null };
  }
  const given = fields['week_frequency'];
  if (!Array.isArray(given) || given.length === 0 || new Set(given).size < given.length) throw invalidInterval();
  const weekdays = given.map((day: unknown): Weekday => {
    const weekday = WEEKDAYS.find((one) => one === day);
    if (weekday === undefined) throw invalidInterval();
    return weekday;
  });
  return { weekdays, frequency: null };
}

function retention(fields: Fields, of: { isNew: boolean; mostKept: number }): ScheduleChange {
  if (has(fields, 'rentention_num')) {
    const retentionNum = fields['rentention_num'];
    if (!isWhole(retentionNum, 2, of.mostKept)) throw invalidRetention();
    return { retentionNum, retentionDays: null };
  }
  if (!has(fields, 'rentention_day')) {
    if (of.isNew) throw invalidRetention();
    return {};
  }
  const given = fields['rentention_day'];
  const retentionDays = typeof given === 'number' ? Math.floor(given) : given;
  if (!isWhole(retentionDays, 2, LONGEST_KEPT_DAYS)) throw invalidRetention();
  return { retentionDays, retentionNum: null };
}

function yesOrNo(given: unknown): boolean {
  if (given === 'Y' || given === 'N') return given === 'Y';
  throw policyRefusal('0105', 'The parameter of whether to retain the first backup in the current month is invalid.');
}

function onOrOff(given: unknown): 'ON' | 'OFF' {
  if (given === 'ON' || given === 'OFF') return given;
  throw policyRefusal('0104', 'The parameter of the backup policy status is invalid.');
}

/** The minutes by which `UTC+08:00` is ahead of UTC. */
function zoneMinutes(zone: string): number {
  const minutes = Number(zone.slice(4, 6)) * 60 + Number(zone.slice(7, 9));
  return zone.charAt(3) === '-' ? -minutes : minutes;
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function has(fields: Fields, name: string): boolean {
  return Object.hasOwn(fields, name);
}

function invalidName() {
  return policyRefusal('0102', 'The parameter of the backup policy name is invalid.');
}

function invalidInterval() {
  return policyRefusal('0106', 'The parameter of the backup job interval is invalid.');
}

function invalidRetention() {
  return policyRefusal('0107', 'The parameter of the number of retained backups is invalid.');
}
