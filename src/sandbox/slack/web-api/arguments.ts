import { isRecord, type Json, parsed, text } from '../json.ts';
import { ApiError } from './api-error.ts';

/** Arguments that a form carries as JSON. */
const STRUCTURED = ['attachments', 'blocks', 'files', 'metadata', 'view'];

/** Reads the arguments of a call from its body, a form or JSON, and from its query. */
export function readArguments(body: Buffer, contentType: string, query: URLSearchParams): Json {
  const fromQuery = Object.fromEntries(query);
  if (contentType.startsWith('application/json')) {
    const json = body.length === 0 ? {} : parsed(body.toString('utf8'));
    if (!isRecord(json)) throw new ApiError('invalid_json');
    return structured({ ...fromQuery, ...json });
  }
  return structured({ ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) });
}

function structured(args: Json): Json {
  const result = { ...args };
  for (const name of STRUCTURED) {
    const value = result[name];
    if (typeof value !== 'string') continue;
    const json = parsed(value);
    if (json !== undefined) result[name] = json;
    else if (name === 'blocks') throw new ApiError('invalid_blocks_format');
    else if (value !== '') throw new ApiError('invalid_arguments', details(`[ERROR] ${name} is no JSON`));
  }
  return result;
}

/** A string argument; numbers are taken as JSON callers may send them. */
export function optional(args: Json, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'number' ? String(value) : text(value);
}

/** A string argument without which the method cannot work. */
export function required(args: Json, name: string): string {
  const value = optional(args, name);
  if (value === undefined) {
    throw new ApiError('invalid_arguments', details(`[ERROR] missing required field: ${name}`));
  }
  return value;
}

export function flag(args: Json, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1' || args[name] === 1;
}

/** A whole number argument within its range. */
export function count(args: Json, name: string, range: { fallback: number; most: number }): number {
  const value = optional(args, name);
  if (value === undefined) return range.fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new ApiError('invalid_limit');
  return Math.min(number, range.most);
}

function details(message: string): Json {
  return { response_metadata: { messages: [message] } };
}
