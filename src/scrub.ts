/** What stands where a secret stood. */
export const SCRUBBED = '[secret]';

// Compared in lowercase and without `-` and `_`: X-Auth-Token, x_auth_token and xAuthToken are one.
const SECRET_KEYS = [
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'xauthtoken',
  'xsubjecttoken',
  'xsecuritytoken',
  'xslacksignature',
  'token',
  'bottoken',
  'apptoken',
  'accesstoken',
  'refreshtoken',
  'password',
  'pgpassword',
  'signingsecret',
  'clientsecret',
  'secret',
  'secretkey',
  'responseurl',
  'triggerid',
];

const IN_TEXT: readonly [RegExp, string][] = [
  // Tokens of Slack, and addresses that are as good as a token while they last.
  [/\bx(?:ox[a-z]|app)-[\w-]+/g, SCRUBBED],
  [/\bhttps:\/\/hooks\.slack\.com\/[^\s"'<>\\]+/g, SCRUBBED],
  [/\bwss?:\/\/[^\s"'<>\\]*ticket=[^\s"'<>\\]+/g, SCRUBBED],
  // Not `${NAME}` alone, here and below: it only says where a secret comes from.
  [/(\b[\w+.-]{1,20}:\/\/[^\s:/@"']*:)(?!\$\{\w+\}@)[^\s@"']+@/g, `$1${SCRUBBED}@`],
  [
    /((?:x-auth-token|x-subject-token|x-security-token|authorization|signing[_-]?secret|response[_-]?url|trigger[_-]?id|password|(?:bot|app|access)[_-]?token)[\\"']*\s*[:=]\s*[\\"']*)(?:(?:bearer|basic)\s+)?(?!\$\{\w+\}(?![^\s"',;&]))(?:\$\{\w+\})?[^\s"',;&}\\]+/gi,
    `$1${SCRUBBED}`,
  ],
];

/** Takes secrets out of what is about to be shown or written. */
export type Scrubber = {
  /** Of a text. */
  text: (text: string) => string;
  /** Of a value as JSON has it, at any depth: by its texts, and by the names of its keys. */
  value: (value: unknown) => unknown;
};

/** A scrubber that knows these values beside the usual shapes and names of secrets. */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const spellings = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  // The longest first, so that a secret which begins with another one goes as a whole.
  const known = [...new Set(spellings)].filter((each) => each !== '').sort((one, other) => other.length - one.length);
  const text = (original: string): string => {
    let scrubbed = original;
    for (const secret of known) scrubbed = scrubbed.replaceAll(secret, SCRUBBED);
    for (const [pattern, replacement] of IN_TEXT) scrubbed = scrubbed.replaceAll(pattern, replacement);
    return scrubbed;
  };
  const value = (original: unknown): unknown => {
    if (typeof original === 'string') return text(original);
    if (Array.isArray(original)) return list(original);
    if (typeof original !== 'object' || original === null) return original;
    return Object.fromEntries(
      Object.entries(original).map(([key, inner]) => {
        const hidden = isSecretKey(key) && inner !== null && inner !== undefined;
        return [text(key), hidden ? SCRUBBED : value(inner)];
      }),
    );
  };
  // Raw headers come as one list, a name and its value in turn.
  const list = (original: unknown[]): unknown[] =>
    original.map((item, index) => {
      const name = original[index - 1];
      return typeof item === 'string' && typeof name === 'string' && isSecretKey(name) ? SCRUBBED : value(item);
    });
  return { text, value };
}

function isSecretKey(key: string): boolean {
  return SECRET_KEYS.includes(key.toLowerCase().replaceAll(/[-_]/g, ''));
}
