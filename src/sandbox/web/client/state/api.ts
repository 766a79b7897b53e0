import { type Json, record, text } from '../json.ts';

/** What the sandbox refused, or the trouble that a person would see in Slack. */
export class CallError extends Error {
  readonly status: number;
  /** The sentence that Slack's own client shows. */
  readonly notice: string | undefined;

  constructor(status: number, body: Json) {
    super(text(body['error']) ?? `the sandbox answered ${status}`);
    this.name = 'CallError';
    this.status = status;
    this.notice = text(body['notice']);
  }
}

/** One call of the sandbox: `GET /_sandbox/state`, or a POST with a body. */
export async function call(path: string, body?: Json): Promise<unknown> {
  const response = await fetch(path, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new CallError(response.status, record(answer));
  return answer;
}
