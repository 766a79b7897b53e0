import { z } from 'zod';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';

const answer = z.looseObject({ ok: z.boolean(), error: z.string().optional() });
export type ApiAnswer = z.infer<typeof answer>;

/** Calls a Web API method with JSON, as the bot unless another token (or none: `''`) is given. */
export async function call(
  sandbox: SlackSandbox,
  method: string,
  args: Record<string, unknown> & { as?: string } = {},
): Promise<ApiAnswer> {
  const { as = sandbox.tokens.bot, ...rest } = args;
  const response = await fetch(sandbox.apiUrl + method, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(as !== '' && { authorization: `Bearer ${as}` }),
    },
    body: JSON.stringify(rest),
  });
  return answer.parse(await response.json());
}

/** Posts a message as the app; its time stamp. */
export async function post(sandbox: SlackSandbox, args: Record<string, unknown>): Promise<string> {
  const { ts, error } = await call(sandbox, 'chat.postMessage', args);
  return z.string(`chat.postMessage answered ${error}`).parse(ts);
}
