import type { z } from 'zod';
import type { Answer } from './answer.ts';
import { VbsSchemaError } from './errors.ts';
import { UnreadableTime } from './time.ts';

/** An answer's body, checked by its schema and made into the client's own terms. Throws VbsSchemaError. */
export function readBody<Wire, T>(answer: Answer, schema: z.ZodType<Wire>, map: (wire: Wire) => T): T {
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw faultOf(answer, parsed.error);
  try {
    return map(parsed.data);
  } catch (error) {
    if (!(error instanceof UnreadableTime)) throw error;
    throw schemaError(answer, { field: error.field, problem: `${error.field} is no time`, cause: error });
  }
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
