export interface MarkerPage<T> {
  readonly items: readonly T[];
  /** Whether the server says, or a full page suggests, that more follow. */
  readonly more: boolean;
}

export interface MarkerSource<T> {
  /** The rows after the one with this id; from the start without one. */
  page(marker: string | undefined): Promise<MarkerPage<T>>;
  idOf(item: T): string;
  /** Whether a page failed because its marker is no row any more. */
  isMarkerGone(error: unknown, marker: string): boolean;
}

/** So many steps back are enough for thousands of deleted rows; more means that the server has no idea of markers. */
const mostStepsBack = 50;

/**
 * The rows of a list that is paged by marker alone, page by page, each row once. Ends at an empty page, and at one that
 * leads nowhere new, whatever the server says about more. When the marker was deleted meanwhile, it goes on from an
 * earlier row.
 */
export async function* pagesByMarker<T>(source: MarkerSource<T>): AsyncGenerator<readonly T[], void, void> {
  /** The ids in the order in which they came, and their places in it. */
  const ids: string[] = [];
  const places = new Map<string, number>();
  /** The place of the marker; -1 stands for the start. */
  let at = -1;
  let stepsBack = 0;
  let stride = 1;
  /** The markers since the last step back: there, rows that came in front meanwhile may stand before known ones. */
  let tried: Set<string> | undefined;

  for (;;) {
    const marker = ids[at];
    let page: MarkerPage<T>;
    try {
      page = await source.page(marker);
    } catch (error) {
      if (marker === undefined || !source.isMarkerGone(error, marker) || ++stepsBack > mostStepsBack) throw error;
      // Rows are often deleted many at a time, so the steps grow.
      at = Math.max(-1, at - stride);
      stride *= 2;
      tried = new Set();
      continue;
    }
    stride = 1;

    const fresh = page.items.filter((item) => {
      const id = source.idOf(item);
      return !places.has(id) && places.set(id, ids.push(id) - 1);
    });
    yield fresh;

    const last = page.items.at(-1);
    if (last === undefined || !page.more) return;
    const end = source.idOf(last);
    const next = places.get(end) ?? -1;
    // After a step back a page of known rows may still lead on; otherwise it is the same page again.
    const leadsOn = tried === undefined ? next > at : !tried.has(end);
    if (fresh.length === 0 && !leadsOn) return;
    tried?.add(end);
    at = next;
  }
}
