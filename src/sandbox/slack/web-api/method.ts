import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import type { Tier } from '../rate-limits.ts';

/** One method of the Web API. */
export interface Method {
  /** The scope that every call needs; methods whose scope hangs on the channel check by themselves. */
  readonly scope?: string;
  readonly tier: Tier;
  /** Which token may call it; the app's own user unless said otherwise. */
  readonly token?: 'app' | 'either';
  run(parts: Parts, args: Json, by: 'bot' | 'app'): Json;
}

export type Methods = Readonly<Record<string, Method>>;
