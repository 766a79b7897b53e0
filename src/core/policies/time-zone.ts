const HOUR = 60;
const DAY = 24 * HOUR;

/** The offsets that people live by. */
export const timeZones = (
  '-12:00 -11:00 -10:00 -09:30 -09:00 -08:00 -07:00 -06:00 -05:00 -04:00 -03:30 -03:00 -02:00 -01:00 +00:00 +01:00 ' +
  '+02:00 +03:00 +03:30 +04:00 +04:30 +05:00 +05:30 +05:45 +06:00 +06:30 +07:00 +08:00 +08:45 +09:00 +09:30 +10:00 ' +
  '+10:30 +11:00 +12:00 +12:45 +13:00 +14:00'
)
  .split(' ')
  .map((offset) => `UTC${offset}`);

/** The zone of a policy that names none. */
export const UTC_ZONE = 'UTC+00:00';

/** The minutes by which `UTC+08:00` is ahead of UTC; none for a zone that does not parse. */
export function offsetOf(timeZone = ''): number {
  const [, sign, hours, minutes] = /^UTC([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(timeZone) ?? [];
  return Number(`${sign ?? '+'}1`) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0));
}

/** The minutes past the hour at which a zone's clocks stand when it is a full hour in UTC. */
export function minutesPast(timeZone: string | undefined): number {
  return wrapped(offsetOf(timeZone), HOUR);
}

/**
 * The cloud's start times (`HH:00` in UTC) for hours of the zone's own day, ascending by its own time, as the cloud
 * wants them. Policies start at full hours of UTC, so where a zone is off by a part of an hour they start at
 * {@link minutesPast} the hours.
 */
export function startTimesAt(hours: readonly number[], timeZone: string | undefined): readonly string[] {
  const ascending = [...new Set(hours)].sort((one, other) => one - other);
  return ascending.map((hour) => clock(hour * HOUR + minutesPast(timeZone) - offsetOf(timeZone)));
}

/** The hours of the zone's own day in which these start times (`HH:mm` in UTC) fall, ascending. */
export function hoursOf(times: readonly string[], timeZone: string | undefined): readonly number[] {
  const hours = times.flatMap(minutesOf).map((minutes) => wrapped(minutes + offsetOf(timeZone), DAY) / HOUR);
  return [...new Set(hours.map(Math.floor))].sort((one, other) => one - other);
}

/** The minutes of the zone's own day at which these start times (`HH:mm` in UTC) fall, ascending, each once. */
export function localMinutes(times: readonly string[], timeZone: string | undefined): readonly number[] {
  const offset = offsetOf(timeZone);
  const starts = times.flatMap(minutesOf).map((minutes) => wrapped(minutes + offset, DAY));
  return [...new Set(starts)].sort((one, other) => one - other);
}

/** Minutes of a day as `HH:mm`. */
export function clock(minutes: number): string {
  const ofDay = wrapped(minutes, DAY);
  return `${twoDigits(Math.floor(ofDay / HOUR))}:${twoDigits(ofDay % HOUR)}`;
}

function minutesOf(time: string): number[] {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim()) ?? [];
  return hours === undefined ? [] : [Number(hours) * HOUR + Number(minutes)];
}

function wrapped(number: number, size: number): number {
  return ((number % size) + size) % size;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
