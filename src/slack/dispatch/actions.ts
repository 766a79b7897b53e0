import type { ActionAnswer, Origin } from '../answers.ts';
import { plainId } from '../define.ts';
import { OutOfDate } from '../out-of-date.ts';
import { LINK_PREFIX } from '../registry.ts';
import type { ViewHandle } from '../slack-calls.ts';
import { acknowledge } from './acknowledge.ts';
import { contextOf, drawHome } from './context.ts';
import type { Environment } from './environment.ts';
import { type Click, clickOrigin, clickShape, clickValue, depthOf } from './payload.ts';
import { overlayReply, urlReply } from './replies.ts';
import { follow, later, open, type Scene, say, sayError } from './second-step.ts';
import { ACK_AFTER_MS, type InTime, inTime } from './timing.ts';

/** Where and when, as Slack stamps it, something was clicked. */
interface Clicked {
  readonly origin: Origin;
  readonly at: string;
}

interface Arrival {
  readonly body: unknown;
  readonly ack: () => Promise<void>;
}

/**
 * Answers clicks and choices. They are acknowledged once the handler has answered, so that what it wrote is durable by
 * then, or after a second if it takes longer: the acknowledgement carries nothing.
 */
export function actionListener(env: Environment): (arrival: Arrival) => Promise<void> {
  return async ({ body, ack }) => {
    const began = performance.now();
    const click = clickShape.parse(body);
    const origin = clickOrigin(click);
    const { id, run } = route(env, click, origin);
    const outcome = await inTime(run, ACK_AFTER_MS.action);
    await acknowledge(env, { kind: 'action', id, began }, { ack, outcome });
    const at = click.actions[0]?.action_ts ?? '';
    env.work.follow(() => goOn(sceneOf(env, { click, origin, id }), { origin, at }, outcome));
  };
}

function route(
  env: Environment,
  click: Click,
  origin: Origin,
): { readonly id: string; readonly run: () => ActionAnswer | Promise<ActionAnswer> } {
  const clicked = click.actions[0];
  const id = plainId(clicked?.action_id ?? '');
  const action = env.registry.actions.get(id);
  if (!action || !clicked) {
    // A link was opened, or a searched select was chosen from that is only read when its form is submitted.
    const silent = id.startsWith(LINK_PREFIX) || env.registry.options.has(id);
    return {
      id: silent ? id : 'unknown',
      run: () => {
        if (silent) return { nothing: true };
        throw new OutOfDate('/vbs');
      },
    };
  }
  const ctx = contextOf(env, {
    user: click.user.id,
    channel: origin.in === 'message' ? origin.channel : undefined,
    responseUrl: click.response_url,
    dedupeKey: `action:${click.trigger_id}`,
  });
  return { id, run: () => action.run(ctx, clickValue(clicked), origin) };
}

function sceneOf(env: Environment, about: { click: Click; origin: Origin; id: string }): Scene {
  const { click, origin, id } = about;
  const person = { user: click.user.id, channel: origin.in === 'message' ? origin.channel : undefined };
  const trigger = click.trigger_id;
  const threadTs = threadOf(click);
  return {
    env,
    what: `action ${id}`,
    user: click.user.id,
    trigger,
    again: env.registry.actions.get(id)?.again ?? '/vbs',
    reply:
      origin.in === 'message'
        ? urlReply(env, person, { url: origin.responseUrl, inMessage: true, threadTs })
        : overlayReply(env, person, { trigger, how: overlay(origin) }),
  };
}

/**
 * The thread in which a person clicked. A message in the channel that has replies names its own thread, which is not
 * open before them: a private answer there would be seen by nobody.
 */
function threadOf({ message }: Click): string | undefined {
  return message?.thread_ts === message?.ts ? undefined : message?.thread_ts;
}

function overlay(origin: Origin): 'open' | 'push' | 'direct' {
  if (origin.in !== 'view') return 'open';
  return depthOf(origin.view) < 3 ? 'push' : 'direct';
}

async function goOn(scene: Scene, clicked: Clicked, outcome: InTime<ActionAnswer>): Promise<void> {
  try {
    if ('error' in outcome) throw outcome.error;
    await send(scene, clicked, 'late' in outcome ? await outcome.late : outcome.answer);
  } catch (error) {
    await sayError(scene, error);
  }
}

async function send(scene: Scene, { origin, at }: Clicked, answer: ActionAnswer): Promise<void> {
  if ('nothing' in answer) return;
  if ('say' in answer) return say(scene, answer.say);
  if ('replace' in answer) return say(scene, answer.replace, 'replace');
  if ('later' in answer) return later(scene, answer);
  if ('refreshHome' in answer) return drawHome(scene.env, scene.user);
  if ('updateView' in answer) {
    if (origin.in !== 'view') throw new Error(`${scene.what} updates a view, and was not clicked in one`);
    // What goes on with the view afterwards is begun once: of two clicks on the same version, the second loses.
    if (!answer.after) return scene.env.redraws.draw(origin.view, at, answer.updateView);
    const handle: ViewHandle = { by: { view_id: origin.view.id }, hash: origin.view.hash };
    const updated = await scene.env.calls.updateView(handle, answer.updateView);
    if (updated) await follow(scene, handle, answer.after);
    return;
  }
  const view = 'open' in answer ? answer.open : answer.push;
  await open(scene, origin.in === 'view' ? 'push' : 'open', { view, after: answer.after });
}
