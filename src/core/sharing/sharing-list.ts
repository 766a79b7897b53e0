import type { Core } from '../core.ts';
import type { Clock, Clouds } from '../ports.ts';
import type { Sharing } from './sharing.ts';

export type Direction = 'in' | 'out';

export interface ListedSharings {
  /** Newest first. */
  readonly sharings: readonly Sharing[];
  /** When the reading of them began. */
  readonly at: Date;
}

interface Entry {
  listed?: ListedSharings;
  reading?: Promise<ListedSharings>;
}

/**
 * The sharings of each project, read whole and kept for a short while, so that turning a page of ten thousand asks the
 * cloud nothing. Only a convenience: what is stopped, and what someone looks at closely, is read again.
 */
export class SharingList {
  readonly #clouds: Clouds;
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(clouds: Clouds, clock: Clock, maxAgeMs: number) {
    this.#clouds = clouds;
    this.#clock = clock;
    this.#maxAgeMs = maxAgeMs;
  }

  /**
   * What the project shares (`out`) or what is shared with it (`in`), at most `maxAgeMs` old, or read now with `fresh`.
   * Readers at the same time share one reading. Throws CloudError.
   */
  list(project: string, direction: Direction, { fresh = false } = {}): Promise<ListedSharings> {
    const entry = this.#entry(`${direction} ${project}`);
    const { listed } = entry;
    if (!fresh && listed && this.#clock.now().getTime() - listed.at.getTime() <= this.#maxAgeMs) {
      return Promise.resolve(listed);
    }
    entry.reading ??= this.#read({ project, direction, entry }).finally(() => {
      delete entry.reading;
    });
    return entry.reading;
  }

  #entry(key: string): Entry {
    const entry = this.#entries.get(key) ?? {};
    this.#entries.set(key, entry);
    return entry;
  }

  async #read(about: { project: string; direction: Direction; entry: Entry }): Promise<ListedSharings> {
    const { project, direction, entry } = about;
    const sharings: Sharing[] = [];
    const at = this.#clock.now();
    for await (const sharing of this.#clouds.of(project).sharings({ direction })) sharings.push(sharing);
    sharings.sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
    entry.listed = { sharings, at };
    return entry.listed;
  }
}

const lists = new WeakMap<Clouds, SharingList>();

/** The list that goes with these clouds: one for all who ask, and gone when they are. */
export function sharingListOf({ clouds, clock, timing }: Pick<Core, 'clouds' | 'clock' | 'timing'>): SharingList {
  const list = lists.get(clouds) ?? new SharingList(clouds, clock, timing.catalogueMs);
  lists.set(clouds, list);
  return list;
}
