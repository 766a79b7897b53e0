import { Kept } from '../kept.ts';
import type { Clock, Clouds } from '../ports.ts';
import type { Sharing } from './sharing.ts';

export type Direction = 'in' | 'out';

export interface ListedSharings {
  /** Newest first. */
  readonly sharings: readonly Sharing[];
  /** When the reading of them began. */
  readonly at: Date;
}

/**
 * The sharings of each project, read whole and kept for a short while, so that turning a page of ten thousand asks the
 * cloud nothing. Only a convenience: what is stopped, and what someone looks at closely, is read again.
 */
export class SharingList {
  readonly #clouds: Clouds;
  readonly #kept: Readonly<Record<Direction, Kept<readonly Sharing[]>>>;
  readonly #counts: Readonly<Record<Direction, Kept<number>>>;

  constructor(clouds: Clouds, clock: Clock, maxAgeMs: number) {
    this.#clouds = clouds;
    this.#kept = {
      in: new Kept((project) => this.#read(project, 'in'), clock, maxAgeMs),
      out: new Kept((project) => this.#read(project, 'out'), clock, maxAgeMs),
    };
    const count = (direction: Direction) => (project: string) => clouds.of(project).countSharings({ direction });
    this.#counts = { in: new Kept(count('in'), clock, maxAgeMs), out: new Kept(count('out'), clock, maxAgeMs) };
  }

  /** What the project shares (`out`) or what is shared with it (`in`); read now with `fresh`. Throws CloudError. */
  async list(project: string, direction: Direction, options?: { readonly fresh?: boolean }): Promise<ListedSharings> {
    const { value, at } = await this.#kept[direction].get(project, options);
    return { sharings: value, at };
  }

  /** How many there are, without reading them. Throws CloudError. */
  async count(project: string, direction: Direction): Promise<number> {
    return (await this.#counts[direction].get(project)).value;
  }

  async #read(project: string, direction: Direction): Promise<readonly Sharing[]> {
    const sharings: Sharing[] = [];
    for await (const sharing of this.#clouds.of(project).sharings({ direction })) sharings.push(sharing);
    return sharings.sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  }
}
