import { setTimeout as delay } from 'node:timers/promises';

type Json = Record<string, unknown>;

/** What `/_sandbox` answers to a command or an interaction that was acked. */
export interface Acked extends Json {
  ack_ms: number;
}

export interface SubmitAnswer extends Acked {
  response_action?: string;
  errors?: Record<string, string>;
}

/** A message as this person sees it. */
export interface SeenMessage extends Json {
  ts: string;
  text: string;
  user: string;
  blocks?: Json[];
  thread_ts?: string;
  ephemeral?: boolean;
}

/** A view as payloads carry it. */
export interface SeenView extends Json {
  id: string;
  callback_id: string;
  private_metadata: string;
  blocks: Json[];
  hash: string;
  state: { values: Record<string, Record<string, Json>> };
}

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

export interface OptionsAnswer extends Acked {
  options?: { text: { text: string }; value: string }[];
  option_groups?: Json[];
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
  throw new SandboxError(call, response.status, answer as Json);
}

export interface SlackPerson {
  readonly id: string;
  command(channel: string, text: string): Promise<Acked & { response?: Json }>;
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
  const post = (path: string, body: Json) => sandboxCall(url, `POST ${path}`, { user: userId, ...body });
  const get = (path: string) => sandboxCall(url, `GET ${path}`);
  const messages = (channel: string) =>
    get(`/messages?channel=${encodeURIComponent(channel)}&as=${userId}`) as Promise<SeenMessage[]>;
  return {
    id: userId,
    command: (channel, text) => {
      const [command = '', ...rest] = text.startsWith('/') ? text.split(' ') : ['/vbs', text];
      return post('/command', { channel, command, text: rest.join(' ') }) as Promise<Acked & { response?: Json }>;
    },
    messages,
    directMessages: () => messages(`@${userId}`),
    view: () => get(`/view?user=${userId}`) as Promise<SeenView | null>,
    submit: (values = {}) => post('/view/submit', { values }) as Promise<SubmitAnswer>,
    close: () => post('/view/close', {}) as Promise<Acked>,
    click: (click) => post('/action', click) as Promise<Acked>,
    options: (query) => post('/options', { ...query }) as Promise<OptionsAnswer>,
    home: () => post('/home', {}) as Promise<SeenView | null>,
    shortcut: (callbackId, message) => post('/shortcut', { callback_id: callbackId, ...message }) as Promise<Acked>,
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
