/** One exchange between Slack and the app. `ms` is how long the answer took; without it there was none yet. */
export interface Exchange {
  readonly at: string;
  readonly direction: 'to_app' | 'from_app';
  /** `web_api`, `response_url`, `upload`, `socket`, or the kind of an envelope: `slash_commands`, `interactive`, … */
  readonly kind: string;
  /** The Web API method, where the app called one. */
  readonly method?: string;
  /** The payload's type (`block_actions`, …), the command, or the event. */
  readonly type?: string;
  readonly request?: unknown;
  response?: unknown;
  status?: number;
  ms?: number;
  error?: string;
}
