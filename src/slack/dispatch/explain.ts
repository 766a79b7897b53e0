import { type ErrorReply, errorReply } from '../error-reply.ts';
import { slackErrorOf } from '../slack-calls.ts';
import type { Environment } from './environment.ts';

/**
 * Makes a thrown error the sentence for the person, and a line in the log where it needs one. Of what it is about only
 * these two are logged: a scene has more, such as a trigger, which is a secret while it lasts.
 */
export function explain(
  env: Environment,
  error: unknown,
  { what, user }: { readonly what: string; readonly user: string },
): ErrorReply {
  const reference = env.core.ids.next().slice(-6);
  const reply = errorReply(error, { reference, now: env.core.clock.now() });
  if (reply.severity !== 'none') {
    env.log[reply.severity]({ err: error, slack: slackErrorOf(error), reference, what, user }, `${what} failed`);
  }
  return reply;
}
