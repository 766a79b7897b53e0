import { setTimeout as delay } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { onTestFinished } from 'vitest';
import { Access } from '../../../src/core/access.ts';
import { Catalogue } from '../../../src/core/backups/catalogue.ts';
import type { Core } from '../../../src/core/core.ts';
import type { Clock, Log } from '../../../src/core/ports.ts';
import { Projects } from '../../../src/core/projects.ts';
import { SharingList } from '../../../src/core/sharing/sharing-list.ts';
import { defaultTiming } from '../../../src/core/timing.ts';
import { createIds } from '../../../src/ids.ts';
import type {
  ActionAnswer,
  CommandAnswer,
  Context,
  FlatValues,
  ModalAnswer,
  OpenView,
  Origin,
} from '../../../src/slack/answers.ts';
import type { Definition } from '../../../src/slack/define.ts';
import type { Message } from '../../../src/slack/kit.ts';
import { createRegistry } from '../../../src/slack/registry.ts';
import { openStore } from '../../../src/store/store.ts';
import { analytics, NOW, payments } from './samples.ts';
import { SmallCloud } from './small-cloud.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** What an answer came to: the messages said or put in a message's place, and the modals shown, in their order. */
export interface Seen {
  readonly said: Message[];
  readonly replaced: Message[];
  /** What went through a `response_url` that a modal carried. */
  readonly replacedAt: string[];
  readonly views: ModalView[];
}

export interface SmallWorld {
  readonly core: Core;
  readonly cloud: SmallCloud;
  /** The other project's. */
  readonly analyticsCloud: SmallCloud;
  /** Moves the clock on. */
  readonly wait: (ms: number) => void;
  readonly command: (word: string, args: readonly string[], user?: string) => Promise<Seen>;
  /** A click in a message whose `response_url` is `url`, or in the view. */
  readonly click: (id: string, value: unknown, where?: Where) => Promise<Seen>;
  readonly submit: (
    view: ModalView,
    values: FlatValues,
    user?: string,
  ) => Promise<Seen & { readonly answer: ModalAnswer }>;
}

interface Where {
  readonly user?: string;
  readonly view?: ModalView;
}

export const CLICKED = 'https://slack.test/clicked';

/** The core on a real database with a cloud in memory, and these interactions without Slack between. */
export async function smallWorld(definitions: readonly Definition[]): Promise<SmallWorld> {
  const cloud = new SmallCloud(payments.id);
  const analyticsCloud = new SmallCloud(analytics.id);
  const time = { now: NOW };
  const core = await smallCore({ payments: cloud, analytics: analyticsCloud }, time);
  const registry = createRegistry(definitions);
  const need = <T>(found: T | undefined, id: string): T => {
    if (found === undefined) throw new Error(`nothing answers ${id}`);
    return found;
  };
  return {
    core,
    cloud,
    analyticsCloud,
    wait(ms) {
      time.now = new Date(time.now.getTime() + ms);
    },
    async command(word, args, user = 'UDEV') {
      const seen = nothingSeen();
      const ctx = context(core, { user, seen, responseUrl: 'https://slack.test/command' });
      await follow(await need(registry.commands.get(word), word).run(ctx, args), seen);
      return seen;
    },
    async click(id, value, { user = 'UDEV', view } = {}) {
      const seen = nothingSeen();
      const ctx = context(core, { user, seen, responseUrl: view ? undefined : CLICKED });
      await follow(await need(registry.actions.get(id), id).run(ctx, value, originOf(view)), seen);
      return seen;
    },
    async submit(view, values, user = 'UDEV') {
      const seen = nothingSeen();
      const ctx = context(core, { user, seen, responseUrl: undefined });
      const id = view.callback_id ?? '';
      const answer = await need(registry.modals.get(id), id).submit(ctx, { ...viewOrigin(view), values });
      if ('close' in answer && answer.after) await answer.after(openView(seen));
      return { ...seen, answer };
    },
  };
}

async function smallCore(clouds: Record<string, SmallCloud>, time: { now: Date }): Promise<Core> {
  const store = await openStore({ url: 'sqlite::memory:' });
  onTestFinished(() => store.close());
  const projects = new Projects([payments, analytics], []);
  const clock: Clock = {
    now: () => time.now,
    sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
  };
  const of = (alias: string): SmallCloud => {
    const cloud = clouds[alias];
    if (!cloud) throw new Error(`no cloud ${alias}`);
    return cloud;
  };
  return {
    store,
    clouds: { of },
    projects,
    access: new Access({ membersOf: async () => new Set() }, projects),
    catalogue: new Catalogue({ of }, clock, defaultTiming.catalogueMs),
    sharingList: new SharingList({ of }, clock, defaultTiming.catalogueMs),
    clock,
    ids: createIds(() => time.now.getTime()),
    timing: defaultTiming,
    log: silent,
  };
}

function nothingSeen(): Seen {
  return { said: [], replaced: [], replacedAt: [], views: [] };
}

function replyTo(seen: Seen, url: string) {
  return {
    say: async (message: Message) => void seen.said.push(message),
    replace: async (message: Message) => {
      seen.replaced.push(message);
      seen.replacedAt.push(url);
    },
  };
}

function openView(seen: Seen): OpenView {
  return { ...replyTo(seen, 'nowhere'), update: async (view) => void seen.views.push(view) };
}

function context(core: Core, about: { user: string; seen: Seen; responseUrl: string | undefined }): Context {
  return {
    core,
    user: about.user,
    now: core.clock.now(),
    channel: 'C0GENERAL',
    responseUrl: about.responseUrl,
    dedupeKey: 'once',
    client: {
      permalink: async (channel, ts) => `https://slack.test/${channel}/${ts}`,
      nameOf: async () => undefined,
      post: async (channel) => ({ channel, ts: '1.1' }),
      change: async () => {},
      upload: async () => {},
      refreshHome: async () => {},
      replyTo: (url) => replyTo(about.seen, url),
    },
  };
}

function originOf(view: ModalView | undefined): Origin {
  if (view) return { in: 'view', view: viewOrigin(view) };
  return { in: 'message', channel: 'C0GENERAL', ts: '1.1', ephemeral: true, responseUrl: CLICKED };
}

function viewOrigin(view: ModalView) {
  return {
    id: 'V1',
    rootId: 'V1',
    previousId: undefined,
    hash: 'h',
    callbackId: view.callback_id ?? '',
    privateMetadata: view.private_metadata ?? '',
    values: {},
  };
}

/** Does with an answer what dispatching does. */
async function follow(answer: CommandAnswer | ActionAnswer, seen: Seen): Promise<void> {
  if ('say' in answer) seen.said.push(answer.say);
  else if ('later' in answer) await answer.later(replyTo(seen, CLICKED));
  else if ('open' in answer) {
    seen.views.push(answer.open);
    await answer.after?.(openView(seen));
  } else throw new Error(`unexpected answer: ${Object.keys(answer).join(', ')}`);
}
