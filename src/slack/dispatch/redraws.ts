import type { ModalView } from '@slack/types';
import type { ViewOrigin } from '../answers.ts';
import type { SlackCalls } from '../slack-calls.ts';

/** Older ones are forgotten: what is drawn in them then loses against any version that Slack has shown since. */
const MOST_VIEWS = 500;

/** The draws of one view that follow one another. */
interface Draws {
  /** Slack's marks of the versions that were drawn over. */
  readonly over: Set<string>;
  /** When the newest click was made. */
  newest: string;
  /** The mark of the version drawn last, once no draw is going on. */
  shown: Promise<string | undefined>;
}

/**
 * Draws open views anew, those of one view one after the other, and of several that wait the newest. What is typed
 * quickly comes with the mark of a version that the draw before it replaces meanwhile: Slack would refuse it, and go on
 * showing what was said of half a word.
 */
export class Redraws {
  readonly #calls: SlackCalls;
  readonly #views = new Map<string, Draws>();

  constructor(calls: SlackCalls) {
    this.#calls = calls;
  }

  /** Draws a view for a click that was made in it at `at`, unless a newer one is drawn, or something else took its place. */
  async draw({ id, hash }: Pick<ViewOrigin, 'id' | 'hash'>, at: string, view: ModalView): Promise<void> {
    const draws = this.#drawsOf(id, hash);
    if (at < draws.newest) return;
    draws.newest = at;
    const before = draws.shown;
    const drawn = before.then((shown = hash) => {
      if (at < draws.newest) return shown;
      draws.over.add(shown);
      return this.#update(id, shown, view);
    });
    // Whoever comes next goes on from the version that is still there.
    draws.shown = drawn.catch(() => before);
    await drawn;
  }

  #drawsOf(id: string, hash: string): Draws {
    const known = this.#views.get(id);
    this.#views.delete(id);
    const draws = known?.over.has(hash)
      ? known
      : { over: new Set([hash]), newest: '', shown: Promise.resolve(undefined) };
    this.#views.set(id, draws);
    const [oldest] = this.#views.keys();
    if (this.#views.size > MOST_VIEWS && oldest !== undefined) this.#views.delete(oldest);
    return draws;
  }

  async #update(id: string, hash: string, view: ModalView): Promise<string> {
    const handle = { by: { view_id: id }, hash };
    await this.#calls.updateView(handle, view);
    return handle.hash;
  }
}
