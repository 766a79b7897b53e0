import { z } from 'zod';
import { oneOf } from '../answer.ts';
import { VbsApiError, VbsAuthError } from '../errors.ts';
import type { PasswordCredentials, VbsClientOptions } from '../options.ts';
import { timeIn, UnreadableTime } from '../time.ts';
import type { Call, Transport } from '../transport.ts';
import { readBody, schemaError } from '../wire.ts';
import type { Identity } from './identity.ts';
import { type Login, LoginRefused } from './logins.ts';

export interface Token {
  readonly value: string;
  readonly expiresAt: Date;
}

/** The token of a project, had once for all who wait for it and renewed before its end. */
export interface Tokens {
  get(signal: AbortSignal | undefined): Promise<string>;
  /** Told that the cloud refused this token, so that it is not used again. Another one is kept. */
  refused(token: string): void;
}

const tokenBody = z.object({ token: z.object({ expires_at: z.string() }) });

/** A token is renewed when a tenth of its life is left, or so much: clocks differ, and requests take time. */
const longestMarginMs = 5 * 60_000;
/** A token that comes with its end in the past tells of a wrong clock, not of a useless token. */
const lifeByWrongClockMs = 60_000;

/** Makes the keeper of a project's token; `request` asks for a new one. */
export function createTokens(request: () => Promise<Token>, now: () => Date): Tokens {
  let current: { value: string; renewAt: number; endsAt: number } | undefined;
  let pending: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    try {
      const { value, expiresAt } = await request();
      const at = now().getTime();
      const left = expiresAt.getTime() - at;
      const life = left > 0 ? left : lifeByWrongClockMs;
      current = { value, endsAt: at + life, renewAt: at + life - Math.min(longestMarginMs, life / 10) };
      return value;
    } catch (error) {
      const old = current;
      const at = now().getTime();
      // No other is to be had, and the old token still holds: go on with it, and ask again in a while.
      if (old === undefined || at >= old.endsAt) throw error;
      current = { ...old, renewAt: Math.min(old.endsAt, at + (old.endsAt - at) / 4) };
      return old.value;
    } finally {
      pending = undefined;
    }
  };

  return {
    async get(signal) {
      // The identity service may take minutes; while one caller waits for it, the old token serves the others.
      if (current && now().getTime() < (pending ? current.endsAt : current.renewAt)) return current.value;
      pending ??= renew();
      return await orAborted(pending, signal);
    },
    refused(token) {
      if (current?.value === token) current = undefined;
    },
  };
}

/** Proves each request by the project's token. After a 401 another may be taken. */
export function createTokenIdentity(tokens: Tokens, remedy: string): Identity {
  return {
    prove: async (_, { signal }) => ({ 'x-auth-token': await tokens.get(signal) }),
    mend(_, refused) {
      tokens.refused(refused['x-auth-token'] ?? '');
      return true;
    },
    remedy,
  };
}

/** Asks the identity service (Keystone v3) for a token of the project. */
export async function requestToken(
  transport: Transport,
  about: { options: VbsClientOptions; credentials: PasswordCredentials; login: Login },
): Promise<Token> {
  const { options, credentials, login } = about;
  const { user, password, domain } = credentials;
  const identity = { methods: ['password'], password: { user: { name: user, password, domain: { name: domain } } } };
  const call: Call = {
    operation: 'getToken',
    body: { auth: { identity, scope: { project: { id: options.project.id } } } },
  };
  const answer = await login(() => transport.send(call)).catch((thrown: unknown) => {
    const { refusal: error, nextTryAt } = thrown instanceof LoginRefused ? thrown : { refusal: thrown };
    if (!isRefusal(error)) throw error;
    const { name } = options.project;
    const remedy = remedyFor(name, credentials);
    // Whatever is wrong with credentials, Keystone says 401.
    const isElsewhere = error.status === 404 || error.status === 405;
    const look = `Check endpoints.iam of ${name} in the settings: nothing may give tokens there.`;
    throw new VbsAuthError(transport.factsOf(call), {
      cause: error,
      remedy: isElsewhere ? `${look} ${remedy}` : remedy,
      nextTryAt,
    });
  });
  const value = oneOf(answer.headers['x-subject-token']);
  const field = 'X-Subject-Token';
  if (value === undefined) throw schemaError(answer, { field, problem: `${field} is missing` });
  transport.redactor.add(value);
  const map = (body: z.infer<typeof tokenBody>) => {
    const expiresAt = timeIn(body.token.expires_at, 'token.expires_at');
    if (expiresAt === undefined) throw new UnreadableTime('token.expires_at');
    return { value, expiresAt };
  };
  return readBody(answer, { schema: tokenBody, map });
}

/** What to do about credentials that the cloud does not take. */
export function remedyFor(project: string, { user, domain }: PasswordCredentials): string {
  return (
    `Check the credentials of ${project} in the settings: user ${user} of domain ${domain}, its password, ` +
    `the project id, and that the user is enabled and has a role in the project.`
  );
}

/** Whether the identity service said no, which asking again won't change. */
function isRefusal(error: unknown): error is VbsApiError {
  return (
    error instanceof VbsApiError &&
    error.status >= 400 &&
    error.status < 500 &&
    error.kind !== 'rate-limited' &&
    error.status !== 408
  );
}

/** Gives up waiting, not the work: others may wait for it too. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
