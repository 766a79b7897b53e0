import type { Outcome } from '../delivery/courier.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from './refusal.ts';

/** Slack's words in a modal, and beside a button, when the app did not answer in time or not at all. */
const TROUBLE = 'We had some trouble connecting. Try again?';

/** Sends an interaction; the app's ack, or the trouble that the person sees. */
export async function sendInteraction(parts: Parts, payload: Json): Promise<Outcome & { acked: true }> {
  if (!parts.manifest.interactivity) throw new Refusal('the manifest does not enable interactivity');
  const outcome = await parts.courier.deliver({ type: 'interactive', payload });
  if (outcome.acked) return outcome;
  throw notAcked(outcome.error, { notice: TROUBLE, reason: outcome.reason });
}

/** Late: 408. Not delivered: 424, the app being what the call depends on. */
export function notAcked(error: 'operation_timeout' | 'dispatch_failed', details: Json): Refusal {
  return new Refusal(error, { status: error === 'operation_timeout' ? 408 : 424, details });
}
