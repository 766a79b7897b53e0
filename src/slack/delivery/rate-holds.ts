export const cardMethods = ['chat.postMessage', 'chat.update'] as const;
export type CardMethod = (typeof cardMethods)[number];

/** Until when no calls of a method are made: Slack's limits count a method, so one answer speaks for all cards. */
export class RateHolds {
  readonly #until = new Map<CardMethod, Date>();

  hold(method: CardMethod, until: Date): void {
    const held = this.#until.get(method);
    if (!held || held < until) this.#until.set(method, until);
  }

  holdAll(until: Date): void {
    for (const method of cardMethods) this.hold(method, until);
  }

  /** The end of the hold, if it lasts. */
  until(method: CardMethod, now: Date): Date | undefined {
    const held = this.#until.get(method);
    return held && held > now ? held : undefined;
  }

  /** Until when no card can be shown at all: the earliest end, while every method is held. */
  all(now: Date): Date | undefined {
    const ends = cardMethods.map((method) => this.until(method, now)?.getTime() ?? 0);
    const first = Math.min(...ends);
    return first > 0 ? new Date(first) : undefined;
  }
}
