import type { Clock } from './ports.ts';

export interface KeptValue<V> {
  readonly value: V;
  /** When the reading of it began. */
  readonly at: Date;
}

interface Entry<V> {
  kept?: KeptValue<V>;
  reading?: Promise<KeptValue<V>>;
}

/**
 * What was read from outside, by key, kept for a short while. Readers at the same time share one reading; one that fails
 * fails them all and is kept from nobody after.
 */
export class Kept<V> {
  readonly #read: (key: string) => Promise<V>;
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  readonly #entries = new Map<string, Entry<V>>();

  constructor(read: (key: string) => Promise<V>, clock: Clock, maxAgeMs: number) {
    this.#read = read;
    this.#clock = clock;
    this.#maxAgeMs = maxAgeMs;
  }

  /** The value, at most `maxAgeMs` old, or read now with `fresh`. Throws what the reading throws. */
  get(key: string, { fresh = false } = {}): Promise<KeptValue<V>> {
    const entry = this.#entries.get(key) ?? {};
    this.#entries.set(key, entry);
    const { kept } = entry;
    const age = kept ? this.#clock.now().getTime() - kept.at.getTime() : Number.POSITIVE_INFINITY;
    // After a clock that was set back nobody knows how old it is.
    if (!fresh && kept && age >= 0 && age <= this.#maxAgeMs) return Promise.resolve(kept);
    entry.reading ??= this.#fill(key, entry).finally(() => {
      delete entry.reading;
    });
    return entry.reading;
  }

  /** What was read last, however old, without reading. */
  peek(key: string): V | undefined {
    return this.#entries.get(key)?.kept?.value;
  }

  async #fill(key: string, entry: Entry<V>): Promise<KeptValue<V>> {
    const at = this.#clock.now();
    const value = await this.#read(key);
    entry.kept = { value, at };
    return entry.kept;
  }
}
