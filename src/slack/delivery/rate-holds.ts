export const cardMethods = ['chat.postMessage', 'chat.update'] as const;
export type CardMethod = (typeof cardMethods)[number];

interface Hold {
  readonly from: Date;
  readonly until: Date;
}

/** Until when no calls of a method are made: Slack's limits count a method, so one answer speaks for all cards. */
export class RateHolds {
  readonly #holds = new Map<CardMethod, Hold>();

  hold(method: CardMethod, from: Date, waitMs: number): void {
    const until = new Date(from.getTime() + waitMs);
    const held = this.until(method, from);
    if (!held || held < until) this.#holds.set(method, { from, until });
  }

  holdAll(from: Date, waitMs: number): void {
    for (const method of cardMethods) this.hold(method, from, waitMs);
  }

  /** The end of the hold, if it lasts. One that has not begun yet was timed by a clock that has been set back since. */
  until(method: CardMethod, now: Date): Date | undefined {
    const hold = this.#holds.get(method);
    return hold && hold.from <= now && now < hold.until ? hold.until : undefined;
  }

  /** Until when no card can be shown at all: the earliest end, while every method is held. */
  all(now: Date): Date | undefined {
    const ends = cardMethods.map((method) => this.until(method, now)?.getTime() ?? 0);
    const first = Math.min(...ends);
    return first > 0 ? new Date(first) : undefined;
  }
}
