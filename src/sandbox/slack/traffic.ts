import { Changes } from './changes.ts';
import { isRecord } from './json.ts';

/** One exchange between Slack and the app. `ms` is how long the answer took; without it there was none yet. */
export interface Exchange {
  readonly at: string;
  readonly direction: 'to_app' | 'from_app';
  /** `web_api`, `response_url`, `upload`, `socket`, or the kind of an envelope: `slash_commands`, `interactive`, … */
  readonly kind: string;
  /** The Web API method, where the app called one. */
  readonly method?: string;
  /** The payload's type (`block_actions`, …), the command, or the event. */
  readonly type?: string;
  readonly request?: unknown;
  response?: unknown;
  status?: number;
  ms?: number;
  error?: string;
}

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
