import type { Receipt } from '../core/ports.ts';
import { linkSignals } from '../vbs/signals.ts';
import { asCloud } from './cloud-errors.ts';

/** Makes a call that changes something, and gives it up in time. */
export type Write = <T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined) => Promise<T>;

/** Calls that are given up after so many milliseconds, waiting for their turn and for a token included. */
export function writeWithin(ms: number): Write {
  return (call, signal) => asCloud(givenUpAfter(call, ms, signal));
}

/** A call of which nothing but the cloud's id is worth telling. */
export async function done(call: Promise<{ readonly requestId: string | undefined }>): Promise<Receipt<void>> {
  const { requestId } = await call;
  return { value: undefined, requestId };
}

/** Gives a call up after so many milliseconds. */
export async function givenUpAfter<T>(
  call: (signal: AbortSignal) => Promise<T>,
  ms: number,
  outer: AbortSignal | undefined,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ms} ms`)), ms);
  const { signal, unlink } = linkSignals([outer, late.signal]);
  try {
    return await call(signal);
  } finally {
    clearTimeout(timer);
    unlink();
  }
}
