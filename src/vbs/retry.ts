import { VbsApiError, type VbsError, VbsNetworkError } from './errors.ts';

export interface RetryPolicy {
  readonly tries: number;
  readonly baseMs: number;
  readonly maxMs: number;
  /** A longer `Retry-After` is told to the caller instead of being waited for. */
  readonly maxRetryAfterMs: number;
  readonly random: () => number;
}

const passingStatuses: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

/** How long to wait before the next try of a read; undefined if another makes no sense or was one too many. */
export function retryDelay(error: VbsError, tries: number, policy: RetryPolicy): number | undefined {
  if (tries >= policy.tries || !mayPass(error)) return undefined;
  const ceiling = Math.min(policy.maxMs, policy.baseMs * 2 ** (tries - 1));
  const backoff = Math.round(ceiling * (0.5 + policy.random() / 2));
  const asked = error instanceof VbsApiError ? error.retryAfterMs : undefined;
  if (asked === undefined) return backoff;
  return asked > policy.maxRetryAfterMs ? undefined : Math.max(asked, backoff);
}

function mayPass(error: VbsError): boolean {
  if (error instanceof VbsNetworkError) return true;
  if (!(error instanceof VbsApiError)) return false;
  return error.kind === 'rate-limited' || error.kind === 'unreadable' || passingStatuses.has(error.status);
}

/** The wait that a `Retry-After` header asks for: seconds, or a date. Undefined if there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
