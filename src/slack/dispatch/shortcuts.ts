import { OutOfDate } from '../out-of-date.ts';
import { acknowledge } from './acknowledge.ts';
import { contextOf } from './context.ts';
import type { Environment } from './environment.ts';
import { messageWords, type ShortcutCall, shortcutShape } from './payload.ts';
import { overlayReply, urlReply } from './replies.ts';
import { open, type Scene, sayError } from './second-step.ts';

interface Arrival {
  readonly body: unknown;
  readonly ack: () => Promise<void>;
}

/** Answers shortcuts: acknowledged at once, a modal opened at once, and filled in as its handler gets on. */
export function shortcutListener(env: Environment): (arrival: Arrival) => Promise<void> {
  return async ({ body, ack }) => {
    const began = performance.now();
    const call = shortcutShape.parse(body);
    const shortcut = env.registry.shortcuts.get(call.callback_id);
    const id = shortcut?.id ?? 'unknown';
    const outcome = { answer: undefined };
    await acknowledge(env, { kind: 'shortcut', id, began }, { ack, outcome });
    env.work.follow(() => answer(env, call));
  };
}

async function answer(env: Environment, call: ShortcutCall): Promise<void> {
  const shortcut = env.registry.shortcuts.get(call.callback_id);
  const scene = sceneOf(env, call, shortcut?.again ?? '/vbs');
  if (!shortcut) return sayError(scene, new OutOfDate('/vbs'));
  const ctx = contextOf(env, {
    user: call.user.id,
    channel: call.channel?.id,
    responseUrl: call.response_url,
    dedupeKey: `shortcut:${call.trigger_id}`,
  });
  const message = { text: messageWords(call.message) };
  await open(scene, 'open', { view: shortcut.loading, after: (view) => shortcut.run(ctx, view, message) });
}

function sceneOf(env: Environment, call: ShortcutCall, again: string): Scene {
  const person = { user: call.user.id, channel: call.channel?.id };
  return {
    env,
    what: `shortcut ${call.callback_id}`,
    user: person.user,
    trigger: call.trigger_id,
    again,
    reply: call.response_url
      ? urlReply(env, person, { url: call.response_url, inMessage: false })
      : overlayReply(env, person, { trigger: call.trigger_id, how: 'direct' }),
  };
}
