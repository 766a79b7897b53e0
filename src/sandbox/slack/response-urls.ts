import { newSecret } from './ids.ts';

/** From Slack's documentation of `response_url`: five answers within half an hour. */
const USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** Where an answer through this URL goes. */
export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message in which the person acted; without one the URL came with a slash command or a shortcut. */
  readonly message?: { readonly ts: string; readonly ephemeral: boolean };
}

/** The `response_url`s handed out. Whoever has one may answer, so they are secrets. */
export class ResponseUrls {
  readonly #issued = new Map<string, ResponseTarget & { left: number; expires: number }>();
  readonly #now: () => Date;
  #base = '';

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The address of the workspace's server, known once it listens. */
  serveFrom(url: string): void {
    this.#base = url;
  }

  issue(target: ResponseTarget): string {
    const secret = newSecret();
    this.#issued.set(secret, { ...target, left: USES, expires: this.#now().getTime() + LIFETIME_MS });
    return `${this.#base}/respond/${secret}`;
  }

  /** Counts one use; tells the target, or the error that Slack answers. */
  use(secret: string): { readonly target: ResponseTarget } | { readonly error: string } {
    const issued = this.#issued.get(secret);
    if (!issued) return { error: 'no_such_url' };
    if (this.#now().getTime() >= issued.expires) return { error: 'expired_url' };
    if (issued.left === 0) return { error: 'used_url' };
    issued.left -= 1;
    return { target: issued };
  }
}
