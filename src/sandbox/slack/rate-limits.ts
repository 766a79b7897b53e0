/** Calls a minute for each of Slack's tiers, and for posting in the whole workspace. */
const PER_MINUTE = { tier1: 10, tier2: 20, tier3: 50, tier4: 100, special: 300 } as const;

export type Tier = keyof typeof PER_MINUTE;

/** Posting: about one message a second and channel, with a short burst. */
const CHANNEL_PER_SECOND = 1;
const CHANNEL_BURST = 4;

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets by method, and by channel for posting. Off until switched on. */
export class RateLimits {
  enabled: boolean;
  readonly #now: () => Date;
  readonly #buckets = new Map<string, Bucket>();

  constructor(now: () => Date, enabled: boolean) {
    this.#now = now;
    this.enabled = enabled;
  }

  /** Takes one call of a method; the seconds to wait where there is none left. */
  takeCall(method: string, tier: Tier): number | undefined {
    return this.#take(`method ${method}`, { capacity: PER_MINUTE[tier], perSecond: PER_MINUTE[tier] / 60 });
  }

  /** Takes one post into a channel; the seconds to wait where there is none left. */
  takePost(channel: string): number | undefined {
    return this.#take(`channel ${channel}`, { capacity: CHANNEL_BURST, perSecond: CHANNEL_PER_SECOND });
  }

  #take(key: string, { capacity, perSecond }: { capacity: number; perSecond: number }): number | undefined {
    if (!this.enabled) return undefined;
    const now = this.#now().getTime();
    const before = this.#buckets.get(key) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond);
    if (tokens < 1) {
      this.#buckets.set(key, { tokens, at: now });
      return Math.max(1, Math.ceil((1 - tokens) / perSecond));
    }
    this.#buckets.set(key, { tokens: tokens - 1, at: now });
    return undefined;
  }
}
