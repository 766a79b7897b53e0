import type { PlainTextOption } from '@slack/types';
import type { Choice } from '../answers.ts';
import { plainId } from '../define.ts';
import { LIMITS, option } from '../kit.ts';
import { slackErrorOf } from '../slack-calls.ts';
import { acknowledge } from './acknowledge.ts';
import { contextOf } from './context.ts';
import type { Environment } from './environment.ts';
import { searchOrigin, searchShape } from './payload.ts';
import { ACK_AFTER_MS, type InTime, inTime } from './timing.ts';

/** A search, and how its findings are shown. */
export interface Search {
  readonly body: unknown;
  readonly ack: (answer: { options: PlainTextOption[] }) => Promise<void>;
}

/** Answers searches. Slack shows nothing but a list, so what fails or takes too long is an empty one, and a line in the log. */
export function optionsListener(env: Environment): (arrival: Search) => Promise<void> {
  return async ({ body, ack }) => {
    const began = performance.now();
    const search = searchShape.parse(body);
    const id = plainId(search.action_id);
    const origin = searchOrigin(search);
    const channel = origin.in === 'message' ? origin.channel : undefined;
    const options = env.registry.options.get(id);
    const outcome = await inTime<readonly Choice[]>(() => {
      if (!options) throw new Error(`no options are defined for ${id}`);
      const ctx = contextOf(env, { user: search.user.id, channel, dedupeKey: '' });
      return options.find(ctx, search.value, origin);
    }, ACK_AFTER_MS.options);
    const choices = 'answer' in outcome ? outcome.answer : [];
    await acknowledge(
      env,
      { kind: 'options', id: options ? id : 'unknown', began },
      { ack: () => ack({ options: shown(choices) }), outcome },
    );
    logFault(env, id, outcome);
  };
}

/** What a select can show: at most a hundred entries, none whose value Slack would refuse. */
function shown(choices: readonly Choice[]): PlainTextOption[] {
  return choices
    .filter(({ value }) => value !== '' && value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map(({ text, value, description }) => option(text, value, description));
}

function logFault(env: Environment, id: string, outcome: InTime<readonly Choice[]>): void {
  if ('answer' in outcome) return;
  if ('error' in outcome) {
    env.log.warn({ id, err: outcome.error }, 'a search failed');
    return;
  }
  env.log.warn({ id }, 'a search took too long');
  env.work.follow(() =>
    outcome.late.then(
      () => undefined,
      (error: unknown) => env.log.warn({ id, error: slackErrorOf(error) }, 'a search that took too long failed'),
    ),
  );
}
