import type { ViewResponseAction } from '@slack/bolt';
import type { ModalAnswer, ViewOrigin } from '../answers.ts';
import { type Modal, plainId } from '../define.ts';
import { noticeView } from '../notice-view.ts';
import { OutOfDate } from '../out-of-date.ts';
import type { ViewHandle } from '../slack-calls.ts';
import { acknowledge } from './acknowledge.ts';
import { contextOf } from './context.ts';
import type { Environment } from './environment.ts';
import { explain } from './explain.ts';
import { FollowedForms } from './followed-forms.ts';
import { type Submission, submissionShape, viewOrigin } from './payload.ts';
import { overlayReply } from './replies.ts';
import { follow, type Scene, say, sayError } from './second-step.ts';
import { ACK_AFTER_MS, inTime, orTooLong, SECOND_STEP_MS } from './timing.ts';
import { ackOf, ackOfError, ackOfLate, lateView } from './view-ack.ts';

interface Arrival {
  readonly body: unknown;
  readonly ack: (answer?: ViewResponseAction) => Promise<void>;
}

/** Answers forms that are submitted. */
export function submissionListener(env: Environment): (arrival: Arrival) => Promise<void> {
  const followed = new FollowedForms();
  return async ({ body, ack }) => {
    const began = performance.now();
    const submission = submissionShape.parse(body);
    const view = viewOrigin(submission.view);
    const id = plainId(view.callbackId);
    const modal = env.registry.modals.get(id);
    const scene = sceneOf(env, submission, modal);
    const outcome = await inTime<ModalAnswer>(() => submit(scene, modal, view), ACK_AFTER_MS.view);
    const answer = 'answer' in outcome ? withAddress(env, outcome.answer) : undefined;
    const payload =
      'error' in outcome
        ? ackOfError(explain(env, outcome.error, scene), submission.view)
        : answer
          ? ackOf(answer, submission.view)
          : ackOfLate();
    const timed = { kind: 'submission', id: modal ? id : 'unknown', began } as const;
    await acknowledge(env, timed, { ack: () => ack(payload), outcome });
    const form = { view, followed };
    if (answer) env.work.follow(() => goOn(scene, answer, form));
    else if ('late' in outcome) env.work.follow(() => goOnLate(scene, outcome.late, form));
  };
}

/** Hears of forms that are closed, where their view asked for it. */
export function closedListener(
  env: Environment,
): (arrival: Pick<Arrival, 'body'> & { ack: () => Promise<void> }) => Promise<void> {
  return async ({ body, ack }) => {
    await ack();
    const submission = submissionShape.parse(body);
    const view = viewOrigin(submission.view);
    const modal = env.registry.modals.get(plainId(view.callbackId));
    if (modal?.closed) env.work.follow(() => close(sceneOf(env, submission, modal), modal, view));
  };
}

function sceneOf(env: Environment, { user, trigger_id }: Submission, modal: Modal | undefined): Scene {
  return {
    env,
    what: `modal ${modal?.id ?? 'unknown'}`,
    user: user.id,
    trigger: trigger_id,
    again: modal?.again ?? '/vbs',
    reply: overlayReply(env, { user: user.id, channel: undefined }, { trigger: trigger_id, how: 'direct' }),
  };
}

function submit(scene: Scene, modal: Modal | undefined, view: ViewOrigin): ModalAnswer | Promise<ModalAnswer> {
  if (!modal) throw new OutOfDate('/vbs');
  return modal.submit(contextFor(scene, view), view);
}

function contextFor({ env, user }: Scene, view: ViewOrigin) {
  return contextOf(env, { user, channel: undefined, dedupeKey: `view:${view.id}` });
}

/** A pushed view that will be updated gets an external id: Slack does not tell the id of a view pushed so. */
function withAddress(env: Environment, answer: ModalAnswer): ModalAnswer {
  if (!('push' in answer) || !answer.after || answer.push.external_id !== undefined) return answer;
  return { ...answer, push: { ...answer.push, external_id: env.core.ids.next() } };
}

interface HandedIn {
  readonly view: ViewOrigin;
  readonly followed: FollowedForms;
}

async function goOn(scene: Scene, answer: ModalAnswer, { view, followed }: HandedIn): Promise<void> {
  if ('errors' in answer || !answer.after) return;
  if ('close' in answer || 'clear' in answer) {
    if (!followed.first(view)) return;
    try {
      await orTooLong(answer.after({ ...scene.reply, update: noView }), SECOND_STEP_MS);
    } catch (error) {
      await sayError(scene, error);
    }
    return;
  }
  const handle = handleOf(answer, view);
  if (handle) await follow(scene, handle, answer.after);
}

function noView(): Promise<never> {
  return Promise.reject(new Error('the modal is closed: there is nothing to update'));
}

function handleOf(answer: ModalAnswer, view: ViewOrigin): ViewHandle | undefined {
  if ('update' in answer) return { by: { view_id: view.id }, hash: undefined, fresh: true };
  if ('push' in answer && answer.push.external_id !== undefined) {
    return { by: { external_id: answer.push.external_id }, hash: undefined, fresh: true };
  }
  return undefined;
}

async function goOnLate(scene: Scene, late: Promise<ModalAnswer>, form: HandedIn): Promise<void> {
  const { view } = form;
  const handle: ViewHandle = { by: { view_id: view.id }, hash: undefined };
  const { calls } = scene.env;
  let answer: ModalAnswer;
  try {
    answer = await late;
    await calls.updateView(handle, lateView(answer));
  } catch (error) {
    const { message } = explain(scene.env, error, scene);
    await calls.updateView(handle, noticeView(message)).catch(() => say(scene, message));
    return;
  }
  if ('errors' in answer || !answer.after) return;
  if ('close' in answer || 'clear' in answer) return goOn(scene, answer, form);
  await follow(scene, handle, answer.after);
}

async function close(scene: Scene, modal: Modal, view: ViewOrigin): Promise<void> {
  try {
    await modal.closed?.(contextFor(scene, view), view);
  } catch (error) {
    await sayError(scene, error);
  }
}
