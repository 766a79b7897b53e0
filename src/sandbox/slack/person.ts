import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

type Json = Record<string, unknown>;

const acked = z.looseObject({ ack_ms: z.number() });
const commanded = acked.extend({ response: z.looseObject({}).optional() });
const submitted = acked.extend({
  response_action: z.string().optional(),
  errors: z.record(z.string(), z.string()).optional(),
});
const words = z.looseObject({ text: z.string() });
const options = acked.extend({
  options: z.array(z.object({ text: words, value: z.string(), description: words.optional() })).optional(),
  option_groups: z.array(z.looseObject({})).optional(),
});
const messages = z.array(
  z.looseObject({
    ts: z.string(),
    text: z.string(),
    user: z.string(),
    blocks: z.array(z.looseObject({})).optional(),
    thread_ts: z.string().optional(),
    ephemeral: z.boolean().optional(),
  }),
);
const view = z
  .looseObject({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    blocks: z.array(z.looseObject({})),
    hash: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
  })
  .nullable();

/** What `/_sandbox` answers to a command or an interaction that was acked. */
export type Acked = z.infer<typeof acked>;
export type CommandAnswer = z.infer<typeof commanded>;
export type SubmitAnswer = z.infer<typeof submitted>;
export type OptionsAnswer = z.infer<typeof options>;
/** A message as this person sees it. */
export type SeenMessage = z.infer<typeof messages>[number];
/** A view as payloads carry it. */
export type SeenView = NonNullable<z.infer<typeof view>>;

export interface Click extends Json {
  action_id: string;
  block_id?: string;
  channel?: string;
  ts?: string;
  home?: boolean;
  value?: string;
}

export interface OptionsQuery {
  action_id: string;
  query: string;
  block_id?: string;
  channel?: string;
  ts?: string;
}

/** What Slack's client refused, or the trouble that the person saw. */
export class SandboxError extends Error {
  readonly status: number;
  readonly body: Json;

  constructor(call: string, status: number, body: Json) {
    super(`${call} → ${status} ${String(body.error)}`);
    this.name = 'SandboxError';
    this.status = status;
    this.body = body;
  }
}

/** One call of `/_sandbox`; throws a SandboxError on a refusal. */
export async function sandboxCall(url: string, call: string, body?: unknown): Promise<unknown> {
  const [method = 'GET', path = ''] = call.split(' ');
  const response = await fetch(`${url}/_sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new SandboxError(call, response.status, z.looseObject({}).parse(answer));
}

export interface SlackPerson {
  readonly id: string;
  command(channel: string, text: string): Promise<CommandAnswer>;
  messages(channel: string): Promise<SeenMessage[]>;
  /** The app's direct messages with this person. */
  directMessages(): Promise<SeenMessage[]>;
  view(): Promise<SeenView | null>;
  submit(values?: Record<string, Record<string, Json>>): Promise<SubmitAnswer>;
  close(): Promise<Acked>;
  click(click: Click): Promise<Acked>;
  options(query: OptionsQuery): Promise<OptionsAnswer>;
  home(): Promise<SeenView | null>;
  shortcut(callbackId: string, message?: { channel: string; ts: string }): Promise<Acked>;
}

/** Plays one person of the workspace at `url`. Text that begins with `/` is a command of its own, else `/vbs`. */
export function person(url: string, userId: string): SlackPerson {
  const post = (path: string, body: object) => sandboxCall(url, `POST ${path}`, { user: userId, ...body });
  const get = (path: string) => sandboxCall(url, `GET ${path}`);
  const seen = async (channel: string) =>
    messages.parse(await get(`/messages?channel=${encodeURIComponent(channel)}&as=${userId}`));
  return {
    id: userId,
    command: async (channel, text) => {
      const [command = '', ...rest] = text.startsWith('/') ? text.split(' ') : ['/vbs', text];
      return commanded.parse(await post('/command', { channel, command, text: rest.join(' ') }));
    },
    messages: seen,
    directMessages: () => seen(`@${userId}`),
    view: async () => view.parse(await get(`/view?user=${userId}`)),
    submit: async (values = {}) => submitted.parse(await post('/view/submit', { values })),
    close: async () => acked.parse(await post('/view/close', {})),
    click: async (click) => acked.parse(await post('/action', click)),
    options: async (query) => options.parse(await post('/options', query)),
    home: async () => view.parse(await post('/home', {})),
    shortcut: async (callbackId, message) =>
      acked.parse(await post('/shortcut', { callback_id: callbackId, ...message })),
  };
}

/** Sets faults of the workspace, or of the simulator under `vbs`. */
export async function setFaults(url: string, faults: Json): Promise<void> {
  await sandboxCall(url, 'POST /faults', faults);
}

/** Asks again until the answer is something (neither undefined, null nor false); fails loudly after the deadline. */
export async function eventually<T>(
  ask: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { withinMs = 5000, what = 'what was waited for' }: { withinMs?: number; what?: string } = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`${what} did not come within ${withinMs} ms`, last === undefined ? {} : { cause: last });
    }
    await delay(15);
  }
}
