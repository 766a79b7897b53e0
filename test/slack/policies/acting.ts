import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { expect } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import type { Context, NewFile, OpenView, Origin, Posted, Reply, ViewOrigin } from '../../../src/slack/answers.ts';
import type { Action, Command, Definition, Modal } from '../../../src/slack/define.ts';
import type { Message } from '../../../src/slack/kit.ts';
import { createRegistry } from '../../../src/slack/registry.ts';
import { expectMessage, expectView } from '../expect-view.ts';

type AnyAnswer = Awaited<ReturnType<Command['run']> | ReturnType<Action['run']> | ReturnType<Modal['submit']>>;

/** One person in front of Slack: what they were told, and the modal they see, whatever way it came. */
export interface Acting {
  /** Oldest first; each is checked to be a message that Slack takes. */
  readonly said: readonly Message[];
  /** What was said through a `response_url` that was carried along. */
  readonly saidThrough: readonly (readonly [url: string, message: Message])[];
  /** What was posted for others as well, and what such a post was changed to. */
  readonly posted: readonly (readonly [channel: string, message: Message])[];
  readonly files: readonly (readonly [at: Posted, file: NewFile])[];
  readonly modal: ModalView | undefined;
  /** What the last submission was told at its fields. */
  readonly faults: Readonly<Record<string, string>>;
  command(text: string): Promise<void>;
  /** Clicks a button of the modal or of a message, as Slack would hand back its value. */
  click(actionId: string, value: unknown, where?: 'message' | 'modal'): Promise<void>;
  submit(values?: ViewOrigin['values'], dedupeKey?: string): Promise<void>;
}

export const RESPONSE_URL = 'https://hooks.slack.test/1';
const CLICKED: Origin = { in: 'message', channel: 'C0', ts: '1.1', ephemeral: true, responseUrl: RESPONSE_URL };

/** Plays a person against the handlers alone: acknowledging and delivering is dispatch's business, tested there. */
export function acting(core: Core, user: string, definitions: readonly Definition[]): Acting {
  const registry = createRegistry(definitions);
  const said: Message[] = [];
  const saidThrough: (readonly [string, Message])[] = [];
  const posted: (readonly [string, Message])[] = [];
  const files: (readonly [Posted, NewFile])[] = [];
  let modal: ModalView | undefined;
  let faults: Readonly<Record<string, string>> = {};

  const hear = async (message: Message) => {
    expectMessage(message);
    said.push(message);
  };
  const reply: Reply = { say: hear, replace: hear };
  const through = (url: string): Reply => {
    const say = async (message: Message) => {
      expectMessage(message);
      saidThrough.push([url, message]);
    };
    return { say, replace: say };
  };
  const show = (view: ModalView) => {
    expectView(view);
    modal = view;
  };
  const view: OpenView = { ...reply, update: async (next) => show(next) };
  const context = (dedupeKey?: string): Context => ({
    core,
    user,
    now: core.clock.now(),
    channel: 'C0',
    responseUrl: RESPONSE_URL,
    dedupeKey: dedupeKey ?? randomUUID(),
    client: {
      permalink: async (channel, ts) => `https://slack.test/${channel}/${ts}`,
      nameOf: async (name) => `Name of ${name}`,
      async post(channel, message) {
        expectMessage(message);
        posted.push([channel, message]);
        return { channel, ts: `${posted.length}.1` };
      },
      async change({ channel }, message) {
        expectMessage(message);
        posted.push([channel, message]);
      },
      async upload(at, file) {
        files.push([at, file]);
      },
      refreshHome: async () => {},
      replyTo: through,
    },
  });
  async function follow(answer: AnyAnswer): Promise<void> {
    if ('say' in answer) return hear(answer.say);
    if ('replace' in answer) return hear(answer.replace);
    if ('later' in answer) return answer.later(reply);
    if ('nothing' in answer || 'refreshHome' in answer) return;
    if ('errors' in answer) {
      faults = answer.errors;
      return;
    }
    if ('close' in answer || 'clear' in answer) {
      modal = undefined;
      return answer.after?.(view);
    }
    if ('open' in answer) show(answer.open);
    else if ('push' in answer) show(answer.push);
    else show('update' in answer ? answer.update : answer.updateView);
    return answer.after?.(view);
  }

  return {
    said,
    saidThrough,
    posted,
    files,
    get modal() {
      return modal;
    },
    get faults() {
      return faults;
    },
    async command(text) {
      const [word = '', ...args] = text.split(' ');
      await follow(await here(registry.commands.get(word)).run(context(), args));
    },
    async click(actionId, value, where = 'message') {
      const origin: Origin = where === 'modal' ? { in: 'view', view: viewOrigin(here(modal), {}) } : CLICKED;
      await follow(await here(registry.actions.get(actionId)).run(context(), value, origin));
    },
    async submit(values = {}, dedupeKey) {
      const open = here(modal);
      faults = {};
      const submitted = here(registry.modals.get(open.callback_id ?? ''));
      await follow(await submitted.submit(context(dedupeKey), viewOrigin(open, values)));
    },
  };
}

/** The text of a modal, as a person reads it. */
export function readModal(view: ModalView | undefined): string {
  return JSON.stringify(view?.blocks ?? []);
}

function viewOrigin(view: ModalView, values: ViewOrigin['values']): ViewOrigin {
  return {
    id: 'V1',
    rootId: 'V1',
    previousId: undefined,
    hash: 'h',
    callbackId: view.callback_id ?? '',
    privateMetadata: view.private_metadata ?? '',
    values,
  };
}

function here<T>(thing: T | undefined): T {
  expect(thing).toBeDefined();
  if (thing === undefined) throw new Error('unreachable');
  return thing;
}
