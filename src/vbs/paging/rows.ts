/**
 * The rows of pages, one after another. An async generator would do the same, at two more promises a row, which is a
 * thirtieth of the time that a list of ten thousand takes.
 */
export function rowsOf<T>(pages: AsyncGenerator<readonly T[], void, void>): AsyncIterableIterator<T> {
  let rows: Iterator<T> = [].values();
  let loading: Promise<unknown> = Promise.resolve();

  const load = async (): Promise<IteratorResult<T, undefined>> => {
    for (;;) {
      const row = rows.next();
      if (!row.done) return row;
      const page = await pages.next();
      if (page.done) return { done: true, value: undefined };
      rows = page.value.values();
    }
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      const row = rows.next();
      if (!row.done) return Promise.resolve(row);
      // Several calls at once stand in line, as with a generator.
      const loaded = loading.then(load, load);
      loading = loaded;
      return loaded;
    },
    async return() {
      rows = [].values();
      await pages.return();
      return { done: true, value: undefined };
    },
  };
}
