import type { ModalView } from '@slack/types';
import type { LaterAnswer, OpenView, Reply } from '../answers.ts';
import type { Message } from '../kit.ts';
import { noticeView } from '../notice-view.ts';
import { sentence } from '../sentence.ts';
import { isSlackError, slackErrorOf, type ViewHandle } from '../slack-calls.ts';
import type { Environment } from './environment.ts';
import { explain } from './explain.ts';
import { orTooLong, SECOND_STEP_MS, WAITING_AFTER_MS } from './timing.ts';

/** An interaction that was acknowledged, and how to go on speaking with who made it. */
export interface Scene {
  readonly env: Environment;
  /** For the log: `command share`. */
  readonly what: string;
  readonly user: string;
  readonly trigger: string;
  readonly reply: Reply;
  /** What to run again when Slack gave no time to open anything. */
  readonly again: string;
}

/** Says something; that nothing could be said at all is the one thing that ends in the log alone. */
export async function say(scene: Scene, message: Message, how: 'say' | 'replace' = 'say'): Promise<void> {
  try {
    await scene.reply[how](message);
  } catch (error) {
    scene.env.log.error(
      { err: error, slack: slackErrorOf(error), what: scene.what, user: scene.user },
      'Slack took no answer',
    );
  }
}

/** Says what went wrong. */
export async function sayError(scene: Scene, error: unknown): Promise<void> {
  await say(scene, explain(scene.env, error, scene).message);
}

/** Slack's words where a view was opened by this trigger, or under this name, before. */
const openedAlready = ['exchanged_trigger_id', 'trigger_exchanged', 'duplicate_external_id'] as const;

/** Opens a modal, or pushes it on the open one, and lets `after` go on with it. */
export async function open(
  scene: Scene,
  how: 'open' | 'push',
  answer: { readonly view: ModalView; readonly after: ((view: OpenView) => Promise<void>) | undefined },
): Promise<void> {
  const { calls, core, log } = scene.env;
  const named = { ...answer.view, external_id: `opened-${core.ids.next()}` };
  let handle: ViewHandle;
  try {
    handle = await (how === 'open' ? calls.openView(scene.trigger, named) : calls.pushView(scene.trigger, named));
  } catch (error) {
    if (isSlackError(error, 'expired_trigger_id', 'trigger_expired')) {
      log.warn({ what: scene.what, slack: slackErrorOf(error) }, 'too late to open a modal');
      return say(
        scene,
        sentence(`That took too long, and Slack opens nothing any more. Run \`${scene.again}\` again.`),
      );
    }
    if (!isSlackError(error, ...openedAlready)) return sayError(scene, error);
    // Something was opened by this trigger: this very view, and the answer was lost, or that of another delivery of the
    // same click. In that case there is no view of this name to go on with, and nothing to tell.
    handle = { by: { external_id: named.external_id }, hash: undefined };
  }
  if (answer.after) await follow(scene, handle, answer.after);
}

/** Runs the second step of an open view. What goes wrong takes the place of what it shows: no endless loading. */
export async function follow(
  scene: Scene,
  handle: ViewHandle,
  after: (view: OpenView) => Promise<void>,
): Promise<void> {
  const { calls } = scene.env;
  try {
    const update = async (view: ModalView) => void (await calls.updateView(handle, view));
    await orTooLong(after({ ...scene.reply, update }), SECOND_STEP_MS);
  } catch (error) {
    const { message } = explain(scene.env, error, scene);
    try {
      await calls.updateView(handle, noticeView(message));
    } catch {
      await say(scene, message);
    }
  }
}

/** Runs slow work that answers by itself, saying what is waited for when it takes long. */
export async function later(scene: Scene, { later: work, waiting }: LaterAnswer): Promise<void> {
  const timer =
    waiting === undefined
      ? undefined
      : setTimeout(() => scene.env.work.follow(() => say(scene, sentence(waiting))), WAITING_AFTER_MS);
  try {
    await orTooLong(work(scene.reply), SECOND_STEP_MS);
  } catch (error) {
    clearTimeout(timer);
    await sayError(scene, error);
  } finally {
    clearTimeout(timer);
  }
}
