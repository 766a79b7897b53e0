import type { Context, HomeAnswer } from '../answers.ts';
import { sentence } from '../sentence.ts';
import { slackErrorOf } from '../slack-calls.ts';
import type { Environment } from './environment.ts';
import { explain } from './explain.ts';
import { type Person, urlReply } from './replies.ts';
import { orTooLong, SECOND_STEP_MS } from './timing.ts';

/** What a handler gets. */
export function contextOf(
  env: Environment,
  about: Person & { readonly dedupeKey: string; readonly responseUrl?: string | undefined },
): Context {
  return {
    core: env.core,
    user: about.user,
    channel: about.channel,
    responseUrl: about.responseUrl || undefined,
    dedupeKey: about.dedupeKey,
    now: env.core.clock.now(),
    client: {
      permalink: (channel, ts) => env.calls.permalink(channel, ts),
      nameOf: (user) => env.names(user),
      post: (channel, message) => env.calls.post(channel, message),
      change: (posted, message) => env.calls.change(posted, message),
      upload: (posted, file) => env.uploads.put(posted, file),
      refreshHome: () => drawHome(env, about.user),
      replyTo: (url) => urlReply(env, about, { url, inMessage: true }),
    },
  };
}

/** Draws a person's home tab; what goes wrong stands there as a sentence. */
export async function drawHome(env: Environment, user: string): Promise<void> {
  const { home } = env.registry;
  if (!home) return;
  const ctx = contextOf(env, { user, channel: undefined, dedupeKey: '' });
  let view: HomeAnswer;
  try {
    view = await orTooLong(home.render(ctx), SECOND_STEP_MS);
  } catch (error) {
    const { message } = explain(env, error, { what: 'home', user });
    view = { type: 'home', blocks: message.blocks };
  }
  try {
    await env.calls.publishHome(user, view);
  } catch (error) {
    env.log.error({ err: error, slack: slackErrorOf(error), user }, 'the home tab could not be published');
    if (view.blocks.length > 1) await env.calls.publishHome(user, outOfOrder).catch(() => undefined);
  }
}

const outOfOrder: HomeAnswer = {
  type: 'home',
  blocks: sentence('This page cannot be shown now. The commands work: run `/vbs`.').blocks,
};
