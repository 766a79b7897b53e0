/**
 * The rows of pages, one after another. An async generator would do the same, at two more promises a row, which is a
 * thirtieth of the time that a list of ten thousand takes.
 */
export function rowsOf<T>(pages: AsyncGenerator<readonly T[], void, void>): AsyncIterableIterator<T> {
  return new Rows(pages);
}

class Rows<T> implements AsyncIterableIterator<T> {
  readonly #pages: AsyncGenerator<readonly T[], void, void>;
  #rows: Iterator<T> = [].values();
  #loading: Promise<unknown> = Promise.resolve();

  constructor(pages: AsyncGenerator<readonly T[], void, void>) {
    this.#pages = pages;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const row = this.#rows.next();
    if (!row.done) return Promise.resolve(row);
    // Several calls at once stand in line, as with a generator.
    const load = () => this.#load();
    const loaded = this.#loading.then(load, load);
    this.#loading = loaded;
    return loaded;
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#rows = [].values();
    await this.#pages.return();
    return { done: true, value: undefined };
  }

  async #load(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      const row = this.#rows.next();
      if (!row.done) return row;
      const page = await this.#pages.next();
      if (page.done) return { done: true, value: undefined };
      this.#rows = page.value.values();
    }
  }
}
