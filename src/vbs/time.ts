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
 * completed first (it takes the local zone where none is given), which together takes four times as long.
 */
export function parseTime(text: string): Date | undefined {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (!isDay(year, month, day) || !isTimeOfDay(hour, minute, second) || !isSeparated(text)) return undefined;
  const ms = millisecondsAtEnd(text);
  if (ms < 0) return undefined;
  return new Date(((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + ms);
}

/** The time in a field, undefined where the API left it out. Throws UnreadableTime. */
export function timeIn(text: string | null | undefined, field: string): Date | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const time = parseTime(text);
  if (time === undefined) throw new UnreadableTime(field);
  return time;
}

/** Stands for what is no number; so far below zero that no sum with a valid part is valid. */
const invalid = -10_000;

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : invalid;
}

function isDay(year: number, month: number, day: number): boolean {
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysOf(month, year));
}

function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

function isSeparated(text: string): boolean {
  const middle = text.charAt(10);
  return (
    text.charAt(4) === '-' &&
    text.charAt(7) === '-' &&
    (middle === 'T' || middle === ' ') &&
    text.charAt(13) === ':' &&
    text.charAt(16) === ':'
  );
}

/** What follows the seconds: perhaps a fraction, and perhaps a sign of UTC. Invalid if anything else follows. */
function millisecondsAtEnd(text: string): number {
  let at = 19;
  let ms = 0;
  if (text.charAt(at) === '.') {
    let unit = 100;
    for (at = 20; at < text.length; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      ms += digit * unit;
      unit = unit === 100 ? 10 : unit === 10 ? 1 : 0;
    }
    if (at === 20) return invalid;
  }
  if (at === text.length) return ms;
  const zone = text.slice(at);
  return zone === 'Z' || zone === '+00:00' || zone === '+0000' ? ms : invalid;
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
