import { clock, localMinutes, offsetOf } from '../core/policies/time-zone.ts';

/** One state, one mark, everywhere; and never a mark without its word. */
export const MARKS = {
  waiting: { mark: '⏳', word: 'Waiting' },
  working: { mark: '⚙️', word: 'Working' },
  done: { mark: '✅', word: 'Done' },
  failed: { mark: '❌', word: 'Failed' },
  attention: { mark: '⚠️', word: 'Look at this' },
  refused: { mark: '⛔', word: 'Refused' },
  withdrawn: { mark: '↩️', word: 'Withdrawn' },
  stopped: { mark: '↩️', word: 'Stopped' },
  expired: { mark: '⌛', word: 'Expired' },
} as const satisfies Record<string, { mark: string; word: string }>;

export type Mark = keyof typeof MARKS;

/** The mark of a state and its word, or better words: `⏳ Waiting for 1 more approval`. */
export function marked(state: Mark, words: string = MARKS[state].word): string {
  return `${MARKS[state].mark} ${words}`;
}

const DATE_STYLES = {
  moment: '{date_short_pretty} at {time}',
  day: '{date_short_pretty}',
  time: '{time}',
} as const;

export type DateStyle = keyof typeof DATE_STYLES;

/** A date for mrkdwn that Slack shows in the reader's own zone; clients that cannot, show it in UTC. */
export function slackDate(date: Date, style: DateStyle = 'moment'): string {
  const seconds = Math.floor(date.getTime() / 1000);
  return `<!date^${seconds}^${DATE_STYLES[style]}|${utc(date, style)}>`;
}

/** A date for plain text: `21 Nov 2026, 04:16 UTC`. */
export function utc(date: Date, style: DateStyle = 'moment'): string {
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const time = `${date.toISOString().slice(11, 16)} UTC`;
  if (style === 'day') return day;
  return style === 'time' ? time : `${day}, ${time}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** How far off a date is, to the nearest minute, hour (below two days) or day: `2 h ago`, `just now`, `in 3 d`. */
export function ago(date: Date, now: Date): string {
  const minutes = Math.round((date.getTime() - now.getTime()) / 60_000);
  const away = nearest(Math.abs(minutes));
  if (minutes === 0) return 'just now';
  return minutes < 0 ? `${away} ago` : `in ${away}`;
}

function nearest(minutes: number): string {
  const hours = Math.round(minutes / 60);
  if (minutes < 60) return `${minutes} min`;
  return hours < 48 ? `${hours} h` : `${count(Math.round(hours / 24))} d`;
}

/** A duration in its two largest units: `4 min 12 s`, `2 h 5 min`, `3 d`. */
export function duration(milliseconds: number): string {
  const seconds = Math.floor(Math.max(milliseconds, 0) / 1000);
  if (seconds < 1) return 'less than 1 s';
  const units = [
    { size: 86_400, name: 'd' },
    { size: 3_600, name: 'h' },
    { size: 60, name: 'min' },
    { size: 1, name: 's' },
  ];
  const largest = units.findIndex(({ size }) => seconds >= size);
  let rest = seconds;
  const parts = units.slice(largest, largest + 2).flatMap(({ size, name }) => {
    const number = Math.floor(rest / size);
    rest %= size;
    return number === 0 ? [] : [`${count(number)} ${name}`];
  });
  return parts.join(' ');
}

const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A number with its thousands apart: `1,204`. */
export function count(number: number): string {
  return NUMBER.format(number);
}

/** A size given in GiB: `100 GiB`. */
export function gib(size: number): string {
  return `${count(size)} GiB`;
}

/** A number of things: `1 disk`, `4 disks`, `2 policies`. */
export function plural(number: number, thing: string, things: string = pluralOf(thing)): string {
  return `${count(number)} ${number === 1 ? thing : things}`;
}

function pluralOf(thing: string): string {
  if (/[^aeiou]y$/.test(thing)) return `${thing.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(thing) ? `${thing}es` : `${thing}s`;
}

/** Things in a sentence: `a`, `a and b`, `a, b and c`. */
export function list(things: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = things.at(-1) ?? '';
  return things.length < 2 ? last : `${things.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** When a policy runs. */
export interface ScheduleParts {
  /** `HH:mm` in UTC. */
  times: readonly string[];
  /** `UTC+08:00`: how people think of the times. */
  timeZone?: string | undefined;
  /** Every so many days; wins over the days of the week. */
  everyDays?: number | undefined;
  /** `SUN` … `SAT`, as the policy's own zone counts them. */
  weekDays?: readonly string[] | undefined;
  enabled: boolean;
}

/** A schedule as people say it, in the policy's zone: `every day at 22:00 and 23:00 (UTC+08:00)`. */
export function scheduleInWords({ times, timeZone, everyDays, weekDays, enabled }: ScheduleParts): string {
  const starts = localMinutes(times, timeZone);
  if (starts.length === 0) return enabled ? 'no start time set' : 'off';
  const zone = offsetOf(timeZone) === 0 ? 'UTC' : timeZone;
  const days = daysInWords(everyDays, weekDays);
  const hourly = starts.length === 24 && new Set(starts.map((minutes) => minutes % 60)).size === 1;
  const words = `${hourly ? everyHour(days, starts) : [days, startsInWords(starts)].join(' ').trim()} (${zone})`;
  return enabled ? words : `off; when on, ${words}`;
}

function everyHour(days: string, [first = 0]: readonly number[]): string {
  const past = first % 60 === 0 ? '' : `, at ${first % 60} min past`;
  return days === '' || days === 'every day' ? `every hour${past}` : `${days}, every hour${past}`;
}

function startsInWords(starts: readonly number[]): string {
  return `at ${list(starts.map(clock))}`;
}

const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

function daysInWords(everyDays: number | undefined, weekDays: readonly string[] = []): string {
  if (everyDays !== undefined && everyDays > 0) return everyDays === 1 ? 'every day' : `every ${everyDays} days`;
  const named = weekDays.map((day) => day.trim().toLowerCase());
  const days = WEEK.filter((day) => named.includes(day.toLowerCase()));
  if (days.length === 0) return '';
  return days.length === WEEK.length ? 'every day' : `on ${list(days)}`;
}

/** How long backups are kept. */
export interface RetentionParts {
  /** So many backups of each disk; wins over the days. */
  keepLast?: number | undefined;
  keepDays?: number | undefined;
  keepFirstOfMonth?: boolean | undefined;
}

/** A retention as people say it: `keeps the last 7 backups, and the first of each month`. */
export function retentionInWords({ keepLast = 0, keepDays = 0, keepFirstOfMonth = false }: RetentionParts): string {
  const also = keepFirstOfMonth ? ', and the first of each month' : '';
  if (keepLast > 0) return `keeps the last ${keepLast === 1 ? 'backup' : `${count(keepLast)} backups`}${also}`;
  return keepDays > 0 ? `keeps backups for ${plural(keepDays, 'day')}${also}` : 'keeps every backup';
}
