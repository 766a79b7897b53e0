import type { ViewOrigin } from '../answers.ts';

/** Older ones are forgotten: Slack repeats a delivery within minutes. */
const MOST_FORMS = 500;

/**
 * The forms that were closed and spoken of. What a form does, it does once, however often it is delivered; so is what the
 * person hears of it.
 */
export class FollowedForms {
  readonly #entered = new Map<string, string>();

  /** Whether this form, filled in like this, is followed for the first time; from then on it is not. */
  first({ id, values }: Pick<ViewOrigin, 'id' | 'values'>): boolean {
    const entered = JSON.stringify(values);
    if (this.#entered.get(id) === entered) return false;
    this.#entered.set(id, entered);
    const [oldest] = this.#entered.keys();
    if (this.#entered.size > MOST_FORMS && oldest !== undefined) this.#entered.delete(oldest);
    return true;
  }
}
