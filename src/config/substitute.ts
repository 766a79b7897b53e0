// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what people write in the settings file.
import type { Fault } from './fault.ts';
import { isMapping, type Path } from './path.ts';

/** The variables that `${NAME}` may name. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Substituted = {
  /** The settings with every `${NAME}` replaced. */
  value: unknown;
  faults: Fault[];
};

type Options = {
  env: Environment;
  /** Whether a secret belongs at this path, so that nothing but a `${NAME}` may stand there. */
  isSecret: (path: Path) => boolean;
};

const REFERENCE = /\$\$\{|\$\{([^}]*)\}?/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const WHOLE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;

type Example = readonly [address: string, whole: string];

/** The addresses that may have a password in them, as it is to be written. */
const ADDRESSES: ReadonlyMap<string, Example> = new Map([
  ['database.url', ['postgres://user:${PGPASSWORD}@host/database', '${DATABASE_URL}']],
  ['proxy.url', ['http://user:${PROXY_PASSWORD}@host:port', '${HTTPS_PROXY}']],
]);

/** Replaces every `${NAME}` in the values of the settings by the variable of that name; `$${` yields `${`. */
export function substitute(raw: unknown, options: Options): Substituted {
  const faults: Fault[] = [];
  const visit = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]));
    if (isMapping(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner, [...path, key])]));
    }
    if (options.isSecret(path) && value !== null && !(typeof value === 'string' && WHOLE.test(value))) {
      faults.push(literalSecret(path));
      return value;
    }
    return typeof value === 'string' ? fill(value, path) : value;
  };
  const fill = (text: string, path: Path): string => {
    const example = ADDRESSES.get(path.join('.'));
    const parts = example === undefined ? undefined : urlParts(text);
    if (example !== undefined && parts?.literal) {
      faults.push(literalPassword(path, example));
      return text;
    }
    return (parts?.texts ?? [{ text, encode: false }])
      .map(({ text: part, encode }) =>
        part.replaceAll(REFERENCE, (whole, name: string | undefined) => {
          if (name === undefined) return '${';
          const value = lookUp({ whole, name, path }, options.env, faults);
          return encode ? encodeURIComponent(value) : value;
        }),
      )
      .join('');
  };
  return { value: visit(raw, []), faults };
}

function lookUp(place: { whole: string; name: string; path: Path }, env: Environment, faults: Fault[]): string {
  const { whole, name, path } = place;
  if (!whole.endsWith('}') || !NAME.test(name)) {
    faults.push({
      path,
      problem: 'has a ${ that names no variable',
      remedy: 'write ${NAME} with letters, digits and _ alone (no default), or $${ for the two characters themselves',
    });
    return '';
  }
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value !== undefined && value.trim() !== '') return value;
  faults.push({
    path,
    problem: `needs the environment variable ${name}, which is ${value === undefined ? 'not set' : 'empty'}`,
    remedy: `set ${name}, in the environment or in the file .env`,
  });
  return '';
}

function literalSecret(path: Path): Fault {
  return {
    path,
    problem: 'is a secret and stands in the file itself',
    remedy:
      'write ${NAME} alone here and set that variable in the environment; renew the secret if others saw the file',
  };
}

function literalPassword(path: Path, [address, whole]: Example): Fault {
  return {
    path,
    problem: 'has a password in the file itself',
    remedy: `write ${address} and set that variable in the environment, or take the whole address from one: ${whole}`,
  };
}

/**
 * An address cut so that variables in `user:password` and the query are percent-encoded: a password may hold any
 * character. The user ends at the last `@`, so a password with `#` or `/` typed into the file is noticed as one as well.
 */
function urlParts(url: string): { literal: boolean; texts: { text: string; encode: boolean }[] } {
  if (!/^(postgres(ql)?|https?):\/\//i.test(url)) return { literal: false, texts: [{ text: url, encode: false }] };
  const scheme = url.slice(0, url.indexOf('//') + 2);
  const at = url.lastIndexOf('@');
  const user = at < 0 ? '' : url.slice(scheme.length, at);
  const [server = '', ...query] = url.slice(scheme.length + user.length).split('?');
  const colon = user.indexOf(':');
  const password = colon < 0 ? '' : user.slice(colon + 1);
  const inQuery = query.some((part) => /(^|&)password=(?!\$\{[A-Za-z_][A-Za-z0-9_]*\}(&|$))/i.test(part));
  return {
    literal: inQuery || (password !== '' && !WHOLE.test(password)),
    texts: [
      { text: scheme, encode: false },
      // Without a colon one variable may hold `user:password`, encoded by whoever set it.
      ...(colon < 0
        ? [{ text: user, encode: false }]
        : [
            { text: user.slice(0, colon), encode: true },
            { text: ':', encode: false },
            { text: password, encode: true },
          ]),
      { text: server, encode: false },
      ...query.flatMap((part) => [
        { text: '?', encode: false },
        { text: part, encode: true },
      ]),
    ],
  };
}
