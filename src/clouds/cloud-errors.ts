import { CloudError, type Failure, type FailureKind } from '../core/failure.ts';
import { explain } from '../vbs/codes.ts';
import {
  type ApiErrorKind,
  VbsAborted,
  VbsApiError,
  VbsAuthError,
  VbsError,
  VbsInputError,
  VbsSchemaError,
} from '../vbs/errors.ts';
import type { FailedDisk } from '../vbs/policy-disks.ts';

const kinds: Readonly<Record<ApiErrorKind, FailureKind>> = {
  'bad-request': 'refused',
  unauthorized: 'credentials',
  forbidden: 'refused',
  'not-found': 'not_found',
  conflict: 'refused',
  'quota-exceeded': 'quota',
  'rate-limited': 'rate_limited',
  'server-error': 'unavailable',
  unreadable: 'unreadable',
};

/** The policy is being executed: by its schedule, or by somebody else. */
const BUSY = 'AutoBackup.0225';
/** The policy is gone, whatever status the answer has. */
const NO_POLICY = new Set(['AutoBackup.0205', 'AutoBackup.1100']);
/** A job of another project, or of none: some regions say so as a 404, others as a 400. */
const NO_JOB = 'common.0011';

/** Runs a call of the client; whatever it throws becomes a CloudError. */
export async function asCloud<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toCloudError(error);
  }
}

/** The same for a list. */
export async function* eachAsCloud<T, U>(list: AsyncIterable<T>, map: (item: T) => U): AsyncIterable<U> {
  const items = list[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await asCloud(items.next());
      if (next.done) return;
      yield map(next.value);
    }
  } finally {
    await items.return?.();
  }
}

/** A CloudError for an error of the client: why, whether it may have been done, whether to try again. */
function toCloudError(error: unknown): unknown {
  if (!(error instanceof VbsError)) return error;
  return new CloudError(error.message, {
    failure: failureOf(error),
    effect: error.effect,
    again: againAfter(error),
    cause: error,
  });
}

/** A code and words of the cloud, as a failure: how a job or task tells why it failed. */
export function failureOfCode(code: string | undefined, message: string | undefined): Failure | undefined {
  if (code === undefined && message === undefined) return undefined;
  const known = code === undefined ? undefined : explain(code);
  return defined({ kind: 'failed_in_cloud', code, message, explanation: known?.explanation, remedy: known?.remedy });
}

/** Why the cloud would not do with one disk what it was asked for several. */
export function failureOfDisk({ code, message, explanation, remedy }: FailedDisk): Failure {
  return defined({ kind: 'refused', code, message, explanation, remedy });
}

function failureOf(error: VbsError): Failure {
  if (error instanceof VbsApiError) {
    return defined({
      kind: kindOf(error),
      code: error.code,
      message: error.apiMessage,
      explanation: error.explanation,
      remedy: error.remedy,
      requestId: error.requestId,
    });
  }
  if (error instanceof VbsAuthError) {
    const { remedy, requestId, nextTryAt } = error;
    return defined({ kind: 'credentials', remedy, requestId, nextTryAt });
  }
  if (error instanceof VbsSchemaError) {
    return defined({ kind: 'unreadable', message: error.field, requestId: error.requestId });
  }
  // Nothing has an id that can't be asked for.
  if (error instanceof VbsInputError) return { kind: 'not_found' };
  return { kind: error.effect === 'unknown' ? 'answer_lost' : 'unavailable' };
}

function kindOf({ kind, code = '' }: VbsApiError): FailureKind {
  if (code === BUSY) return 'busy';
  const gone = NO_POLICY.has(code) || (code === NO_JOB && kind === 'bad-request');
  return gone ? 'not_found' : kinds[kind];
}

function againAfter(error: VbsError): { afterMs?: number } | undefined {
  if (error instanceof VbsAuthError || error instanceof VbsSchemaError || error instanceof VbsInputError) {
    return undefined;
  }
  if (error instanceof VbsAborted) return { afterMs: 0 };
  if (!(error instanceof VbsApiError)) return {};
  switch (error.kind) {
    case 'rate-limited':
    case 'server-error':
    case 'unreadable':
      return error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs };
    case 'bad-request':
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'quota-exceeded':
      return undefined;
  }
}

function defined(failure: { [K in keyof Failure]: Failure[K] | undefined } & { kind: FailureKind }): Failure {
  const given = Object.entries(failure).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), kind: failure.kind };
}
