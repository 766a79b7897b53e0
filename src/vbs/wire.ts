import { z } from 'zod';
import type { Answer } from './answer.ts';
import { VbsSchemaError } from './errors.ts';
import { UnreadableTime } from './time.ts';

/** How an answer is read: its schema, and what the client makes of it. */
export interface Reading<Wire, T> {
  readonly schema: z.ZodType<Wire>;
  /** A quicker look for long lists, see {@link compiled}: what it does not take, the schema may take all the same. */
  readonly isWhole?: (body: unknown) => body is Wire;
  readonly map: (wire: Wire) => T;
}

/**
 * Checks by a compiled schema, which looks at a body without making a copy of it; compiled when it is first used, since
 * that takes some milliseconds. It pays where no field may be missing: for each that may be, Zod 4.6 makes a function
 * anew in every row.
 */
export function compiled<Wire>(schema: () => z.ZodType<unknown, Wire>): (body: unknown) => body is Wire {
  let ready: z.ZodType<unknown, Wire> | undefined;
  return (body): body is Wire => {
    ready ??= z.compile(schema());
    return z.validate(ready, body);
  };
}

/** An answer's body, checked by its schema and made into the client's own terms. Throws VbsSchemaError. */
export function readBody<Wire, T>(answer: Answer, reading: Reading<Wire, T>): T {
  const { body } = answer;
  try {
    return reading.map(reading.isWhole?.(body) ? body : checked(answer, reading.schema));
  } catch (error) {
    // What is nested too deep for the stack, such as sub-jobs without an end.
    if (error instanceof RangeError)
      throw schemaError(answer, { field: 'the body', problem: `the body is wrong: ${error.message}`, cause: error });
    if (!(error instanceof UnreadableTime)) throw error;
    throw schemaError(answer, { field: error.field, problem: `${error.field} is no time`, cause: error });
  }
}

function checked<Wire>(answer: Answer, schema: z.ZodType<Wire>): Wire {
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw faultOf(answer, parsed.error);
  return parsed.data;
}

/** An answer that is not what it should be, in one place of it. */
export function schemaError(
  answer: Answer,
  about: { field: string; problem: string; cause?: unknown },
): VbsSchemaError {
  return new VbsSchemaError(answer.facts, {
    field: about.field,
    problem: `${answer.status}, but in the answer ${about.problem}`,
    requestId: answer.requestId,
    effect: answer.effectIfUnreadable,
    cause: about.cause,
  });
}

function faultOf(answer: Answer, error: z.ZodError): VbsSchemaError {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const field = fieldName(path);
  const missing = isMissing(answer.body, path);
  const problem = missing ? `${field} is missing` : `${field} is wrong: ${issue?.message ?? 'unreadable'}`;
  return schemaError(answer, { field, problem, cause: error });
}

/** `shared[3].backup.status` */
function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the body';
  return path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, '');
}

function isMissing(body: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined;
  }, body);
  return value === undefined;
}
