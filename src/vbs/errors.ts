/** Whether a call that failed may have changed something: `unknown` means look before you repeat it. */
export type Effect = 'none' | 'unknown';

/** Which call an error is about. Paths hold ids, never a query or a secret. */
export interface CallFacts {
  /** Key of the table of operations, such as `listSharings`. */
  readonly operation: string;
  /** The operation in words. */
  readonly name: string;
  /** What people call the project. */
  readonly project: string;
  readonly method: string;
  readonly path: string;
}

/** The base of whatever the client throws. */
export abstract class VbsError extends Error {
  readonly effect: Effect;
  readonly operation: string;
  readonly project: string;
  readonly method: string;
  readonly path: string;

  constructor(call: CallFacts, about: { problem: string; effect: Effect; cause?: unknown }) {
    super(
      `${call.name} of ${call.project}: ${call.method} ${call.path} → ${about.problem}`,
      about.cause === undefined ? undefined : { cause: about.cause },
    );
    this.name = new.target.name;
    this.effect = about.effect;
    this.operation = call.operation;
    this.project = call.project;
    this.method = call.method;
    this.path = call.path;
  }
}

export const apiErrorKinds = [
  'bad-request',
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'quota-exceeded',
  'rate-limited',
  'server-error',
  /** A gateway's page, or another body that can't be read, in place of a success or of the word that a thing is gone. */
  'unreadable',
] as const;
export type ApiErrorKind = (typeof apiErrorKinds)[number];

export interface ApiProblem {
  readonly kind: ApiErrorKind;
  readonly status: number;
  readonly code: string | undefined;
  readonly apiMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly answeredAt: Date | undefined;
  readonly explanation: string | undefined;
  readonly remedy: string | undefined;
}

/** The cloud answered, and not with what was asked for. */
export class VbsApiError extends VbsError {
  readonly kind: ApiErrorKind;
  readonly status: number;
  /** The cloud's own code, such as `VolumeBackup.0042`; a number in words where a server has only those. */
  readonly code: string | undefined;
  /** What the cloud says, cut to a sentence or two; a page's text where the body is no JSON. */
  readonly apiMessage: string | undefined;
  readonly requestId: string | undefined;
  /** How long the cloud asks to wait. */
  readonly retryAfterMs: number | undefined;
  /** When the server answered, by its own clock. */
  readonly answeredAt: Date | undefined;
  /** In plain words, for known codes. */
  readonly explanation: string | undefined;
  readonly remedy: string | undefined;

  constructor(call: CallFacts, problem: ApiProblem, effect: Effect) {
    super(call, { problem: problemText(problem), effect });
    this.kind = problem.kind;
    this.status = problem.status;
    this.code = problem.code;
    this.apiMessage = problem.apiMessage;
    this.requestId = problem.requestId;
    this.retryAfterMs = problem.retryAfterMs;
    this.answeredAt = problem.answeredAt;
    this.explanation = problem.explanation;
    this.remedy = problem.remedy;
  }
}

function problemText(problem: ApiProblem): string {
  const code = problem.code === undefined || problem.code === String(problem.status) ? '' : ` ${problem.code}`;
  const message = problem.apiMessage === undefined ? '' : `: ${problem.apiMessage}`;
  const unreadable = problem.kind === 'unreadable' ? ', but its body can’t be read' : '';
  return `${problem.status}${code}${unreadable}${message}`;
}

/** The cloud does not take the project's credentials, also not with a new token. */
export class VbsAuthError extends VbsError {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly remedy: string;
  /** After a refused login: until then no other is tried, lest the cloud lock the user, and every call fails like this. */
  readonly nextTryAt: Date | undefined;

  constructor(call: CallFacts, about: { cause: VbsApiError; remedy: string; nextTryAt?: Date | undefined }) {
    const { cause, remedy, nextTryAt } = about;
    const next = nextTryAt === undefined ? '' : ` The next login is tried after ${nextTryAt.toISOString()}.`;
    super(call, {
      problem: `${problemText(cause).replace(/\.$/, '')}. ${remedy}${next}`,
      effect: 'none',
      cause,
    });
    this.status = cause.status;
    this.requestId = cause.requestId;
    this.remedy = remedy;
    this.nextTryAt = nextTryAt;
  }
}

/** The answer lacks a field that is used, or has it in a form that can't be read. */
export class VbsSchemaError extends VbsError {
  /** Where in the answer, such as `shared[3].backup.status`. */
  readonly field: string;
  readonly requestId: string | undefined;

  constructor(
    call: CallFacts,
    about: { field: string; problem: string; requestId: string | undefined; effect: Effect; cause?: unknown },
  ) {
    super(call, about);
    this.field = about.field;
    this.requestId = about.requestId;
  }
}

/** No answer, or not all of it. `effect` is `none` when the request did not leave. */
export class VbsNetworkError extends VbsError {
  /** The system's or the HTTP client's code, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(call: CallFacts, about: { problem: string; effect: Effect; cause: Error; code: string | undefined }) {
    super(call, about);
    this.code = about.code;
  }
}

/** The caller gave up, or the client was closed. */
export class VbsAborted extends VbsError {}

/** The call was made with something that can't be sent, such as an id that would change the path. Nothing was sent. */
export class VbsInputError extends VbsError {
  readonly argument: string;

  constructor(call: CallFacts, about: { argument: string; problem: string }) {
    super(call, { problem: `not sent, since ${about.argument} ${about.problem}`, effect: 'none' });
    this.argument = about.argument;
  }
}
