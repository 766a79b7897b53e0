/** A time that is in neither of the API's forms; names the field. */
export class UnreadableTime extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`${field} is no time`);
    this.name = 'UnreadableTime';
    this.field = field;
  }
}

/**
 * A time of the API, which is always UTC, whether or not it says `Z`: `2017-08-08T04:03:27.456859` or
 * `2016-01-28T16:14:09.466Z`. Kept to the millisecond. Undefined for anything else.
 *
 * Read digit by digit, since a long list holds tens of thousands of times: Date.parse needs its input checked and
 * completed first (it takes the local zone where none is given), which together takes twice as long.
 */
export function parseTime(text: string): Date | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const fraction = fractionEnd(text);
  const inRange =
    year >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysOf(month, year) &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!inRange || !separated(text) || !endsAsUtc(text, fraction)) return undefined;
  const ms = ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
  return new Date(ms + milliseconds(text, fraction));
}

/** The time in a field, undefined where the API left it out. Throws UnreadableTime. */
export function timeIn(text: string | null | undefined, field: string): Date | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const time = parseTime(text);
  if (time === undefined) throw new UnreadableTime(field);
  return time;
}

/** NaN where one of them is no digit. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = text.charCodeAt(index) - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

function separated(text: string): boolean {
  const middle = text[10];
  return (
    text[4] === '-' && text[7] === '-' && (middle === 'T' || middle === ' ') && text[13] === ':' && text[16] === ':'
  );
}

/** Where the digits after the second's point end; 19 where there are none. */
function fractionEnd(text: string): number {
  if (text[19] !== '.') return 19;
  let end = 20;
  while (!Number.isNaN(digits(text, end, 1))) end++;
  return end;
}

function milliseconds(text: string, end: number): number {
  if (end >= 23) return digits(text, 20, 3);
  return end > 20 ? digits(text, 20, end - 20) * 10 ** (23 - end) : 0;
}

function endsAsUtc(text: string, at: number): boolean {
  if (at === 20) return false;
  if (at === text.length) return true;
  const zone = text.slice(at);
  return zone === 'Z' || zone === '+00:00' || zone === '+0000';
}

function daysOf(month: number, year: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The proleptic Gregorian calendar, in years that begin in March, so that the leap day is the last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  // 719468 days lie between 1 March of the year 0 and 1 January 1970.
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
