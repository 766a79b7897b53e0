import { z } from 'zod';
import { say } from './say.ts';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(\d{1,9})([smhd])$/;

/** A duration such as `90s`, `15m`, `12h`, `3d`, in milliseconds; the limits are durations too. */
export function duration({ from, to }: { from: string; to: string }) {
  const wrong = say('{value} is no duration', 'give a whole number and a unit: 90s, 15m, 12h or 3d');
  return z
    .string({ error: (issue) => (issue.input === undefined || issue.input === null ? undefined : wrong) })
    .regex(DURATION, wrong)
    .transform(milliseconds)
    .refine((value) => value >= milliseconds(from) && value <= milliseconds(to), {
      error: say('{value} is out of range', `give a duration from ${from} to ${to}`),
    });
}

function milliseconds(text: string): number {
  const [, count, unit] = DURATION.exec(text) ?? [];
  return Number(count) * UNITS[unit === 's' || unit === 'm' || unit === 'h' ? unit : 'd'];
}

/** A whole number within limits; digits as text count, since a variable of the environment is always text. */
export function wholeNumber({ from, to }: { from: number; to: number }) {
  const wrong = say('{value} is out of range', `give a whole number from ${from} to ${to}`);
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.number().int(wrong).min(from, wrong).max(to, wrong),
  );
}

/** `true` or `false`, also as text out of a variable of the environment. */
export const flag = z.preprocess((value) => {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}, z.boolean());

/** Any text but an empty one. */
export const text = z.string().regex(/\S/, say('is empty', 'fill it in'));

/** How people and commands call a project. `in` and `out` are words of `/vbs shares`, so no project may be called so. */
export const alias = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,31}$/,
    say(
      '{value} is no alias',
      'use 1 to 32 lowercase letters, digits and dashes, beginning with a letter or digit, e.g. payments',
    ),
  )
  .refine((value) => value !== 'in' && value !== 'out', {
    error: say('{value} is a word of /vbs shares', 'choose another alias'),
  });

/** A project's id in the cloud: 32 hex characters. */
export const projectId = z
  .string()
  .regex(
    /^[0-9a-f]{32}$/,
    say(
      '{value} is no project id',
      'give the 32 lowercase hex characters, without dashes, that the console shows under My Credentials',
    ),
  );

/** A disk's id in the cloud. */
export const diskId = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    say('{value} is no disk id', "give the volume's UUID in lowercase as the key and the disk's name as the value"),
  );

/** A person in Slack. Ids begin with W where a workspace is part of an Enterprise organisation. */
export const userId = z
  .string()
  .regex(
    /^[UW][A-Z0-9]{2,}$/,
    say(
      '{value} is no Slack member id',
      'in Slack open the profile, ⋮, Copy member ID: U or W and capitals or digits; a group (S…) belongs under groups',
    ),
  );

/** A user group in Slack. */
export const groupId = z
  .string()
  .regex(
    /^S[A-Z0-9]{2,}$/,
    say(
      '{value} is no Slack user group id',
      'in Slack open the user group, ⋮, Copy group ID: S and capitals or digits; a person (U…) belongs under users',
    ),
  );

/** A public or private channel in Slack. */
export const channelId = z
  .string()
  .regex(
    /^[CG][A-Z0-9]{2,}$/,
    say(
      '{value} is no Slack channel id',
      "in Slack open the channel's details and copy the id at their end: C or G and capitals or digits, not its name",
    ),
  );

/** A token or secret of Slack; what it must begin with, if with anything. */
export function slackSecret({ called, prefix, where }: { called: string; prefix: string; where: string }) {
  return z.string().refine((value) => value.startsWith(prefix) && /^[\x21-\x7e]{6,}$/.test(value), {
    error: say(
      `{value} is no ${called}${prefix === '' ? '' : ` (${prefix}…)`}`,
      `copy it from ${where}, without blanks or quotes around it`,
    ),
  });
}

/** An http(s) address. Slack's ends in `/`, as the client joins the method's name to it. */
export const apiUrl = z
  .string()
  .refine(isWebAddress, { error: notAnAddress() })
  .transform((value) => (value.endsWith('/') ? value : `${value}/`));

/**
 * The base address of a service. Catalogues list it with its version, and often with the project's id; paths bring
 * their own version, so what follows the base is taken off.
 */
export const endpoint = z
  .string()
  .refine(isWebAddress, { error: notAnAddress() })
  .transform((value) => value.replace(/\/+$/, '').replace(/\/v\d(\.\d)?(\/[0-9a-f]{32})?$/, ''));

function notAnAddress(): string {
  return say(
    '{value} is no address of a service',
    'give https://host, with a port and path where needed, and no user, password, query or fragment',
  );
}

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  const web = protocol === 'https:' || protocol === 'http:';
  return web && username === '' && password === '' && search === '' && hash === '';
}

/** An HTTP proxy. A password in it is decoded for the proxy, so it has to be encoded. */
export const proxyUrl = z.string().refine(isProxy, {
  error: say(
    '{value} is no address of a proxy',
    'give http://host:port; if the proxy asks for a user, http://user:$' + '{PROXY_PASSWORD}@host:port',
  ),
});

function isProxy(value: string): boolean {
  if (!URL.canParse(value) || /%(?![0-9a-f]{2})/i.test(value)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(value);
  const web = protocol === 'http:' || protocol === 'https:';
  return web && pathname === '/' && search === '' && hash === '' && (password === '' || username !== '');
}

/** A host by its name or number, without scheme and port. */
export const host = z
  .string()
  .regex(
    /^[a-z0-9_-][a-z0-9._-]*$|^[0-9a-f:]*:[0-9a-f:.]*$/i,
    say('{value} is no host', 'give the name alone, such as vbs.example.org; example.org stands for all below it, too'),
  );

/** `sqlite:` and a file, or a PostgreSQL address. */
export const databaseUrl = z.string().refine(
  (value) => {
    if (/^sqlite:(?!\/\/)\S/.test(value)) return true;
    return /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
  },
  {
    error: say(
      '{value} is no database address',
      'give sqlite:FILE, such as sqlite:./data/vbs-chatops.db, or postgres://user:$' +
        '{PGPASSWORD}@host:5432/database',
    ),
  },
);
