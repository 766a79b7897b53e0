import { Changes } from './changes.ts';
import type { Exchange } from './exchange.ts';
import { isRecord } from './json.ts';

const SECRET_KEYS = new Set(['token', 'authorization', 'ticket', 'signing_secret']);

/** All traffic so far, both ways. */
export class Traffic {
  readonly #exchanges: Exchange[] = [];
  readonly #numbers = new WeakMap<Exchange, number>();
  readonly #now: () => Date;
  readonly #changes: Changes;

  constructor(now: () => Date, changes = new Changes()) {
    this.#now = now;
    this.#changes = changes;
  }

  add(exchange: Omit<Exchange, 'at'>): Exchange {
    const entry: Exchange = { at: this.#now().toISOString(), ...exchange };
    this.#numbers.set(entry, this.#exchanges.length);
    this.#exchanges.push(entry);
    this.changed(entry);
    return entry;
  }

  /** To be called by whoever adds to an exchange of the log. */
  changed(exchange: Exchange): void {
    const number = this.#numbers.get(exchange);
    if (number !== undefined) this.#changes.tell({ kind: 'exchange', number, exchange });
  }

  /** A copy of the log, tokens redacted. */
  log(): Exchange[] {
    return this.#exchanges.map(withoutSecrets);
  }
}

/** A copy of an exchange, tokens redacted. */
export function withoutSecrets(exchange: Exchange): Exchange {
  return {
    ...exchange,
    ...(exchange.request === undefined ? {} : { request: redacted(exchange.request) }),
    ...(exchange.response === undefined ? {} : { response: redacted(exchange.response) }),
  };
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/\bx(?:ox[a-z]|app)-[\w-]+/g, '[redacted]').replace(/([?&]ticket=)[^&]+/g, '$1[redacted]');
  }
  if (Array.isArray(value)) return value.map(redacted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, SECRET_KEYS.has(key) ? '[redacted]' : redacted(inner)]),
  );
}
