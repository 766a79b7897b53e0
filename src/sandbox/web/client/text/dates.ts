/** The reader's moment and place, which the words for a date hang on. */
export interface Reader {
  readonly now: Date;
  /** The browser's, unless given. */
  readonly locale?: string;
  readonly timeZone?: string;
}

const DAY_MS = 24 * 3_600_000;

/** Slack's date syntax: each `{token}` of the format in words, in the reader's zone. */
export function formatDate(date: Date, format: string, reader: Reader): string {
  return format.replace(/\{([a-z_]+)\}/g, (whole, token: string) => {
    const write = TOKENS[token];
    return write ? write(date, reader) : whole;
  });
}

type Write = (date: Date, reader: Reader) => string;

const short: Write = (date, reader) => written(date, reader, { month: 'short', day: 'numeric', year: 'numeric' });
const long: Write = (date, reader) =>
  written(date, reader, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
const plain: Write = (date, reader) => written(date, reader, { month: 'long', day: 'numeric', year: 'numeric' });

const TOKENS: Readonly<Record<string, Write>> = {
  date_num: (date, reader) => written(date, { ...reader, locale: 'sv-SE' }, { dateStyle: 'short' }),
  date_slash: (date, reader) => written(date, reader, { day: '2-digit', month: '2-digit', year: 'numeric' }),
  date: plain,
  date_short: short,
  date_long: long,
  date_pretty: (date, reader) => nearDay(date, reader) ?? plain(date, reader),
  date_short_pretty: (date, reader) => nearDay(date, reader) ?? short(date, reader),
  date_long_pretty: (date, reader) => nearDay(date, reader) ?? long(date, reader),
  date_long_full: long,
  day_divider_pretty: (date, reader) =>
    nearDay(date, reader) ?? written(date, reader, { weekday: 'long', month: 'long', day: 'numeric' }),
  time: (date, reader) => written(date, reader, { hour: 'numeric', minute: '2-digit' }),
  time_secs: (date, reader) => written(date, reader, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago: (date, reader) => ago(date, reader),
};

function written(date: Date, { locale, timeZone }: Reader, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, ...(timeZone !== undefined && { timeZone }) }).format(date);
}

/** `today`, `yesterday` or `tomorrow`, where it is one of them. */
function nearDay(date: Date, reader: Reader): string | undefined {
  const day = dayNumber(date, reader) - dayNumber(reader.now, reader);
  if (Math.abs(day) > 1) return undefined;
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(day, 'day');
}

function dayNumber(date: Date, reader: Reader): number {
  const local = written(date, { ...reader, locale: 'sv-SE' }, { dateStyle: 'short' });
  return Math.round(Date.parse(`${local}T00:00:00Z`) / DAY_MS);
}

const UNITS = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** `3 minutes ago`, `in 2 days`, `just now`. */
export function ago(date: Date, { now }: Reader): string {
  const away = date.getTime() - now.getTime();
  const largest = UNITS.find(({ ms }) => Math.abs(away) >= ms);
  if (!largest) return 'just now';
  return new Intl.RelativeTimeFormat('en').format(Math.trunc(away / largest.ms), largest.unit);
}
