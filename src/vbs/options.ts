import type { Dispatcher, Pool } from 'undici';
import type { Logins } from './auth/logins.ts';

/** A user of the cloud's identity service, by name, password and domain. */
export interface PasswordCredentials {
  readonly kind: 'password';
  readonly user: string;
  readonly password: string;
  readonly domain: string;
}

/** An access key of such a user; a temporary one comes with a security token. */
export interface AccessKeyCredentials {
  readonly kind: 'accessKey';
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string | undefined;
}

export type Credentials = PasswordCredentials | AccessKeyCredentials;

export const nativeApiVersions = ['v2', 'v3'] as const;
export type NativeApiVersion = (typeof nativeApiVersions)[number];

/** How one call went, for metrics. Holds no ids, so that it may label a series. */
export interface ExchangeEvent {
  readonly operation: string;
  readonly method: string;
  /** The path's template, such as `/v2/{project_id}/backuppolicy`. */
  readonly route: string;
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  readonly ms: number;
  readonly tries: number;
  readonly requestId: string | undefined;
}

export interface VbsClientOptions {
  /** `name` is what people call the project; it stands in error messages. */
  readonly project: { readonly id: string; readonly name: string };
  /**
   * Base URLs, without the versions that the paths bring. `iam` is not called with an access key; `blockStorage` serves
   * the native backups and is the `vbs` one unless given.
   */
  readonly endpoints: { readonly iam: string; readonly vbs: string; readonly blockStorage?: string | undefined };
  readonly credentials: Credentials;
  /** The count of refused logins, see `createLogins`: one for all clients of a user. Each has its own unless given. */
  readonly logins?: Logins | undefined;
  /** Makes the connections to a host in place of the client's own, e.g. through a proxy. They are closed with the client. */
  readonly connections?: ((options: Pool.Options) => Dispatcher) | undefined;
  /** Which of the two native backup APIs is called; `v3` unless given, since `v2` and what goes with it are deprecated. */
  readonly nativeApiVersion?: NativeApiVersion | undefined;
  /** Requests in flight at most, over all endpoints; 8 unless given. */
  readonly concurrency?: number | undefined;
  /** Defaults: connect 5 s, headers 30 s, body 60 s (all of it, however it trickles). */
  readonly timeouts?:
    | {
        readonly connectMs?: number | undefined;
        readonly headersMs?: number | undefined;
        readonly bodyMs?: number | undefined;
      }
    | undefined;
  /** Retries of reads. Defaults: 4 tries (more are not made), 250 ms doubling up to 4 s, `Retry-After` up to 30 s. */
  readonly retry?:
    | {
        readonly tries?: number | undefined;
        readonly baseMs?: number | undefined;
        readonly maxMs?: number | undefined;
        readonly maxRetryAfterMs?: number | undefined;
      }
    | undefined;
  readonly now?: (() => Date) | undefined;
  /** Resolves after `ms`; rejects when the signal aborts. */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  readonly random?: (() => number) | undefined;
  /**
   * Called once for every call, whatever became of it; one that is made again after a 401 counts twice. What it throws
   * is ignored.
   */
  readonly onExchange?: ((event: ExchangeEvent) => void) | undefined;
}

/** What every call takes besides its own arguments. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What a call that changed something answers. The request id is the cloud's own, for its support and the audit. */
export interface Receipt {
  readonly requestId: string | undefined;
}
