import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, readAnswer } from './answer.ts';
import type { SignableRequest } from './auth/signature.ts';
import { type CallFacts, VbsAborted, VbsApiError, VbsError, VbsInputError, VbsNetworkError } from './errors.ts';
import { ExchangeFailure, exchange } from './exchange.ts';
import { createLimit, type Limit } from './limit.ts';
import { type Operation, type OperationId, operations } from './operations.ts';
import type { Credentials, VbsClientOptions } from './options.ts';
import { checkNeeds, fillPath, type Query, queryText, UnusableId } from './path.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import { type RetryPolicy, retryDelay } from './retry.ts';
import { createServices, type Services } from './services.ts';
import { linkSignals } from './signals.ts';

export interface Call {
  readonly operation: OperationId;
  readonly ids?: Readonly<Record<string, string>>;
  /** Ids that stand in the body. None may be empty, which would ask for something else. */
  readonly needs?: Readonly<Record<string, string | readonly string[]>>;
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Fewer tries than usual, for what can be done without. */
  readonly tries?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that prove who asks; made anew for each try. */
  readonly authorize?: (request: SignableRequest) => Promise<Readonly<Record<string, string>>>;
}

/** At most so many, whatever the options say. */
export const mostTries = 4;

/** Carries calls of the table of operations to the cloud of one project. Throws a VbsError for all but success. */
export class Transport {
  readonly redactor: Redactor;
  readonly now: () => Date;
  readonly #options: VbsClientOptions;
  readonly #services: Services;
  readonly #limit: Limit;
  readonly #retry: RetryPolicy;
  readonly #sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  constructor(options: VbsClientOptions) {
    this.redactor = createRedactor(secretsOf(options.credentials));
    this.now = options.now ?? (() => new Date());
    this.#options = options;
    const concurrency = Math.max(1, options.concurrency ?? 8);
    this.#limit = createLimit(concurrency);
    this.#services = createServices(options, concurrency);
    setMaxListeners(0, this.#closing.signal);
    this.#sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }));
    this.#retry = {
      tries: Math.min(mostTries, options.retry?.tries ?? mostTries),
      baseMs: options.retry?.baseMs ?? 250,
      maxMs: options.retry?.maxMs ?? 4_000,
      maxRetryAfterMs: options.retry?.maxRetryAfterMs ?? 30_000,
      random: options.random ?? Math.random,
    };
  }

  /** Repeats a read that may pass later. A write is sent once: what became of it only the caller can find out. */
  async send(call: Call): Promise<Answer> {
    const operation: Operation = operations[call.operation];
    const facts = this.factsOf(call);
    // Hundreds of calls may share a signal; each takes its listeners away.
    if (call.signal !== undefined) setMaxListeners(0, call.signal);
    const started = performance.now();
    const most = operation.effect === 'write' ? 1 : Math.min(this.#retry.tries, call.tries ?? mostTries);
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.#try(call, facts);
        this.#report(call, { started, tries, answer });
        return answer;
      } catch (error) {
        // A token that could not be had was tried for already.
        const own = error instanceof VbsError && error.operation === call.operation;
        const ms = own ? retryDelay(error, tries, { ...this.#retry, tries: most }) : undefined;
        if (ms === undefined) {
          this.#report(call, { started, tries, answer: error instanceof VbsApiError && own ? error : undefined });
          throw error;
        }
        await this.#wait(ms, call, facts);
      }
    }
  }

  /** What errors tell of a call. Throws VbsInputError if it can't be made. */
  factsOf(call: Call): CallFacts {
    const { name, method, path } = operations[call.operation];
    const facts = { operation: call.operation, name, project: this.#options.project.name, method };
    const ids = { ...call.ids, project_id: this.#options.project.id, native: this.#options.nativeApiVersion ?? 'v3' };
    try {
      checkNeeds(call.needs);
      return { ...facts, path: fillPath(path, ids) };
    } catch (error) {
      if (error instanceof UnusableId)
        throw new VbsInputError({ ...facts, path }, { argument: error.placeholder, problem: error.message });
      throw error;
    }
  }

  /** Lets requests in flight end, gives up what waits for its next try, and closes the connections. */
  close(): Promise<void> {
    this.#closing.abort();
    this.#closed ??= this.#services.close();
    return this.#closed;
  }

  async #try(call: Call, facts: CallFacts): Promise<Answer> {
    const operation: Operation = operations[call.operation];
    try {
      call.signal?.throwIfAborted();
      const attempt = () => this.#attempt(call, facts, operation);
      // A token request passes the limit, since calls inside the limit wait for it.
      return operation.service === 'iam' ? await attempt() : await this.#limit.run(attempt, call.signal);
    } catch (error) {
      throw this.#errorOf(error, call, facts);
    }
  }

  async #attempt(call: Call, facts: CallFacts, operation: Operation): Promise<Answer> {
    const service = this.#services.of(operation.service);
    const target = service.base + facts.path + queryText(call.query);
    const headers = { accept: 'application/json', 'content-type': 'application/json', ...call.headers };
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const { method } = operation;
    const proof = await call.authorize?.({ method, host: service.host, target, headers, body });
    const answer = await exchange(service.dispatcher, {
      origin: service.origin,
      method,
      path: target,
      headers: { ...headers, ...proof },
      body,
      signal: call.signal,
      headersMs: this.#options.timeouts?.headersMs ?? 30_000,
      bodyMs: this.#options.timeouts?.bodyMs ?? 60_000,
    });
    const isWrite = operation.effect === 'write';
    return readAnswer(answer, { facts, isWrite, redactor: this.redactor, now: this.now() });
  }

  #errorOf(error: unknown, call: Call, facts: CallFacts): unknown {
    if (error instanceof VbsError) return error;
    if (!(error instanceof ExchangeFailure)) {
      if (!call.signal?.aborted) return error;
      return new VbsAborted(facts, { problem: 'given up before it was sent', effect: 'none', cause: error });
    }
    const operation: Operation = operations[call.operation];
    const effect = error.sent && operation.effect === 'write' ? 'unknown' : 'none';
    if (error.aborted) return new VbsAborted(facts, { problem: 'given up', effect, cause: error.cause });
    if (error.code === 'UND_ERR_CLOSED' || error.code === 'UND_ERR_DESTROYED') {
      return new VbsAborted(facts, { problem: 'the client is closed', effect });
    }
    const message = this.redactor.clean(error.message);
    const problem = error.sent ? `no whole answer: ${message}` : `could not connect: ${message}`;
    const cause = Object.assign(new Error(message), { code: error.code });
    return new VbsNetworkError(facts, { problem, effect, cause, code: error.code });
  }

  async #wait(ms: number, call: Call, facts: CallFacts): Promise<void> {
    const { signal, unlink } = linkSignals([call.signal, this.#closing.signal]);
    try {
      signal.throwIfAborted();
      await this.#sleep(ms, signal);
      signal.throwIfAborted();
    } catch (cause) {
      throw new VbsAborted(facts, { problem: 'given up before the next try', effect: 'none', cause });
    } finally {
      unlink();
    }
  }

  #report(
    call: Call,
    outcome: { started: number; tries: number; answer: { status: number; requestId: string | undefined } | undefined },
  ): void {
    const { method, path } = operations[call.operation];
    try {
      this.#options.onExchange?.({
        operation: call.operation,
        method,
        route: path,
        status: outcome.answer?.status,
        ms: performance.now() - outcome.started,
        tries: outcome.tries,
        requestId: outcome.answer?.requestId,
      });
    } catch {
      // A call that was made may not fail because it could not be counted.
    }
  }
}

function secretsOf(credentials: Credentials): string[] {
  if (credentials.kind === 'password') return [credentials.password];
  return [credentials.secretKey, credentials.securityToken ?? ''];
}
