import { CallError } from './api.ts';
import type { Toast } from './model.ts';

/** What went wrong, in words, and what Slack's own client says then. */
export function troubleOf(error: unknown): Omit<Toast, 'id'> {
  if (!(error instanceof CallError)) {
    return { tone: 'trouble', text: 'The demo does not answer. Is it still running?' };
  }
  const detail = error.notice === undefined ? {} : { detail: `Slack shows: “${error.notice}”` };
  switch (error.status) {
    case 408:
      return { tone: 'trouble', text: 'The app did not answer within 3 seconds.', ...detail };
    case 424:
      return { tone: 'trouble', text: 'The app could not be reached.', ...detail };
    default:
      return { tone: 'trouble', text: error.message, ...detail };
  }
}
