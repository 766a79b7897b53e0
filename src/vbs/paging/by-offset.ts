import { type LinkedSignal, linkSignals } from '../signals.ts';

export interface OffsetPage<T> {
  readonly items: readonly T[];
  /** How many there are in all, where the page tells. */
  readonly total?: number | undefined;
}

export interface OffsetSource<T> {
  page(range: { offset: number; limit: number }, signal: AbortSignal | undefined): Promise<OffsetPage<T>>;
  /** How many there are in all; undefined where that can't be known. Asked only when there is more than a page. */
  count?(signal: AbortSignal | undefined): Promise<number | undefined>;
  idOf(item: T): string;
}

export interface OffsetPaging {
  /** Rows asked for at once. */
  readonly limit: number;
  /** Pages fetched ahead of the one being read, once the total is known. */
  readonly ahead: number;
  readonly signal?: AbortSignal | undefined;
}

/** Made once: an error notes where it was made, which costs more than the rest of a short list. */
const readerStopped = new Error('the reader of the list has stopped');
/** How often to step back for rows that moved, so that a server without a stable order can't keep us for ever. */
const mostStepsBack = 50;
/** Pages of known rows that lead no further: rows may have been added in front so often, or the server goes round. */
const mostPagesInVain = 3;
/** A first page of so many rows may have been cut short by the server's own limit; no lower one is known. */
const leastServerLimit = 50;

/**
 * The rows of a list that is paged by offset, page by page, in the list's order, each row once. Rows that stay in the
 * list are not lost when others come or go meanwhile. A wrong total, a server that ignores the offset, and one that
 * gives fewer rows than it is asked for do no harm. When the reader stops early, requests under way are ended.
 */
export async function* pagesByOffset<T>(
  source: OffsetSource<T>,
  paging: OffsetPaging,
): AsyncGenerator<readonly T[], void, void> {
  const reader = new OffsetReader(source, paging);
  try {
    for (let rows = await reader.next(); rows !== undefined; rows = await reader.next()) yield rows;
  } finally {
    reader.stop();
  }
}

/**
 * Neighbouring pages share one row. If that row is not where it should be, rows in front of it have left the list and
 * others have moved up to where nobody would look; then the reader steps back until it meets rows that it knows.
 * A page of known rows alone is passed over, since after rows were added in front there may be several of them, each
 * leading further than the one before; where they do not, the server goes round in a circle.
 */
class OffsetReader<T> {
  readonly #source: OffsetSource<T>;
  readonly #ahead: number;
  readonly #limit: number;
  readonly #signal: AbortSignal | undefined;
  /** Ends what is under way when the reader stops; without a count, a list that is not read ahead has nothing then. */
  readonly #linked: LinkedSignal | undefined;
  /** The ids of the rows given, and their places. */
  readonly #seen = new Map<string, number>();
  readonly #gaps = new Set<string>();
  readonly #underWay = new Map<number, Promise<OffsetPage<T>>>();
  /** Rows of a full page: the limit, or less if the server has its own. */
  #size: number;
  #total: number | undefined;
  #offset = 0;
  /** How far to step back at the next gap. */
  #stride = 1;
  /** The place of the row with which the last page ended. */
  #end = -1;
  #inVain = 0;
  #first = true;
  #ended = false;

  constructor(source: OffsetSource<T>, paging: OffsetPaging) {
    this.#source = source;
    this.#ahead = paging.ahead;
    this.#limit = paging.limit;
    this.#size = paging.limit;
    if (paging.ahead > 0 || source.count) this.#linked = linkSignals([paging.signal]);
    this.#signal = this.#linked?.signal ?? paging.signal;
  }

  stop(): void {
    this.#linked?.abort(readerStopped);
    this.#linked?.unlink();
  }

  /** The next rows that were not seen before; undefined at the end. */
  async next(): Promise<readonly T[] | undefined> {
    while (!this.#ended) {
      const page = await this.#take();
      if (page.total !== undefined) this.#total = page.total;
      if (this.#first) await this.#learnTotal(page.items.length);
      this.#first = false;
      if (this.#stepBackFrom(page)) continue;
      const fresh = this.#freshOf(page);
      this.#advance(page, fresh.length);
      if (fresh.length > 0) return fresh;
    }
    return undefined;
  }

  get #step(): number {
    return Math.max(1, this.#size - 1);
  }

  #freshOf(page: OffsetPage<T>): T[] {
    return page.items.filter((item) => {
      const id = this.#source.idOf(item);
      return !this.#seen.has(id) && this.#seen.set(id, this.#seen.size);
    });
  }

  #advance(page: OffsetPage<T>, fresh: number): void {
    const rows = page.items.length;
    const isComplete = this.#total === undefined || this.#seen.size >= this.#total;
    const isShort = rows < this.#size;
    if (rows === 0 || (isShort && (isComplete || fresh === 0)) || this.#goesRound(page, fresh)) this.#ended = true;
    this.#offset += this.#size === 1 ? 1 : Math.max(1, rows - 1);
    this.#stride = 1;
  }

  #goesRound(page: OffsetPage<T>, fresh: number): boolean {
    const last = page.items.at(-1);
    const end = last === undefined ? -1 : (this.#seen.get(this.#source.idOf(last)) ?? -1);
    if (fresh > 0) this.#inVain = 0;
    else if (end <= this.#end) this.#inVain++;
    this.#end = end;
    return this.#inVain >= mostPagesInVain;
  }

  /** Moves the offset back if this page does not follow on what was read. */
  #stepBackFrom(page: OffsetPage<T>): boolean {
    if (this.#offset === 0 || this.#size === 1 || this.#gaps.size >= mostStepsBack) return false;
    if (page.items.some((item) => this.#seen.has(this.#source.idOf(item)))) return false;
    // The same gap again, and nothing learnt since: there is nothing to find.
    const gap = `${this.#offset} ${this.#seen.size}`;
    if (this.#gaps.has(gap)) return false;
    this.#gaps.add(gap);
    // Rows often leave many at a time, so the steps grow.
    this.#offset = Math.max(0, this.#offset - this.#step * this.#stride);
    this.#stride *= 2;
    this.#end = -1;
    this.#underWay.clear();
    return true;
  }

  async #learnTotal(rows: number): Promise<void> {
    if (
      this.#total === undefined &&
      this.#source.count !== undefined &&
      rows >= Math.min(this.#limit, leastServerLimit)
    ) {
      const counted = this.#source.count(this.#signal).then((total) => {
        this.#total = total;
      });
      // The next page is needed in any case, and a count that takes long is not worth waiting for.
      if (rows < this.#limit) await counted;
      else await Promise.race([counted, this.#fetch(rows === 1 ? 1 : rows - 1)]);
    }
    if (rows > 0 && rows < this.#limit && this.#mayBeCut(rows)) this.#size = rows;
  }

  /** Whether more may follow a first page of so many rows, fewer than were asked for. */
  #mayBeCut(rows: number): boolean {
    const isTold = this.#total !== undefined && this.#total >= rows;
    return isTold ? this.#total !== rows : rows >= leastServerLimit;
  }

  async #take(): Promise<OffsetPage<T>> {
    const page = this.#fetch(this.#offset);
    const end = this.#offset + this.#step * this.#ahead;
    for (let at = this.#offset + this.#step; at <= end && at < (this.#total ?? 0); at += this.#step)
      void this.#fetch(at);
    this.#underWay.delete(this.#offset);
    return await page;
  }

  #fetch(offset: number): Promise<OffsetPage<T>> {
    const known = this.#underWay.get(offset);
    if (known !== undefined) return known;
    const page = this.#source.page({ offset, limit: this.#limit }, this.#signal);
    // Whoever takes the page sees its failure; a page that nobody takes may fail unseen.
    page.catch(() => undefined);
    this.#underWay.set(offset, page);
    return page;
  }
}
