import { isRefusal } from '../error-reply.ts';
import { slackErrorOf } from '../slack-calls.ts';
import type { Environment, Interaction } from './environment.ts';
import type { InTime } from './timing.ts';

/** One interaction as it is timed and counted. */
export interface Timed {
  readonly kind: Interaction['kind'];
  readonly id: string;
  /** `performance.now()` at its arrival. */
  readonly began: number;
}

/**
 * Acknowledges. An acknowledgement that is lost (a connection that ends at this moment) must not lose what follows it:
 * the work is done, and Slack may well deliver again.
 */
export async function acknowledge(
  env: Environment,
  { kind, id, began }: Timed,
  about: { readonly ack: () => Promise<void>; readonly outcome: InTime<unknown> },
): Promise<void> {
  try {
    await about.ack();
  } catch (error) {
    env.log.warn({ kind, id, error: slackErrorOf(error) }, 'an acknowledgement did not reach Slack');
  }
  const { outcome } = about;
  env.hooks.interaction?.({
    kind,
    id,
    ackMs: performance.now() - began,
    outcome: outcomeOf(outcome),
  });
}

function outcomeOf(outcome: InTime<unknown>): Interaction['outcome'] {
  if ('late' in outcome) return 'late';
  if ('answer' in outcome) return 'answered';
  return isRefusal(outcome.error) ? 'refused' : 'failed';
}
