import type { Json } from '../json.ts';

/** An answer `{"ok": false, "error": code}` of the Web API, which Slack sends with HTTP 200. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: Json;

  constructor(code: string, details: Json = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}

/** `invalid_blocks` and its like, with what exactly is wrong where. */
export function invalid(code: string, messages: readonly string[]): ApiError {
  return new ApiError(code, { errors: [...messages], response_metadata: { messages: [...messages] } });
}
