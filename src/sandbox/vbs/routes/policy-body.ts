import { AUTO_BACKUP } from '../http/dialects.ts';
import { Refusal } from '../http/refusal.ts';
import type { ProjectCall } from '../http/route.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The body of a call on policies: an object that is not empty and has no angle bracket in any of its texts. */
export function policyBody(call: ProjectCall): Fields {
  const body = fieldsOf(call.json());
  if (body === null) throw AUTO_BACKUP.malformed('it is no object');
  if (Object.keys(body).length === 0) throw policyRefusal('0001', 'The object contained in the request is empty.');
  if (hasAngleBracket(body))
    throw policyRefusal('0221', 'The request cannot contain less-than signs (<) or greater-than signs (>).');
  return body;
}

/** The fields of an object, those that are null left out; `null` where it is none. */
export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null));
}

export function policyRefusal(code: string, message: string, status = 400): Refusal {
  return new Refusal(status, `AutoBackup.${code}`, message);
}

function hasAngleBracket(value: unknown): boolean {
  if (typeof value === 'string') return /[<>]/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasAngleBracket);
}
