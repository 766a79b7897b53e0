import type { z } from 'zod';
import type { Answer } from './answer.ts';
import type { Tokens } from './auth/token.ts';
import { VbsApiError, VbsAuthError } from './errors.ts';
import type { Receipt } from './options.ts';
import type { Call, Transport } from './transport.ts';
import { readBody } from './wire.ts';

/** How an answer is read: its schema, and what the client makes of it. */
export interface Reading<Wire, T> {
  readonly schema: z.ZodType<Wire>;
  readonly map: (wire: Wire) => T;
}

/** Makes calls in the project's name. */
export interface Caller {
  ask<Wire, T>(call: Call, reading: Reading<Wire, T>): Promise<Receipt & { readonly value: T }>;
  /** For calls whose answer has nothing to read. */
  tell(call: Call): Promise<Receipt>;
}

/**
 * Makes a caller that proves itself by tokens. After a 401 it repeats a call once with a new token, also a write:
 * a 401 did nothing. `remedy` is said when the new one is refused too.
 */
export function createCaller(transport: Transport, tokens: Tokens, remedy: string): Caller {
  const send = async (call: Call): Promise<Answer> => {
    let token = '';
    const authorize = async () => {
      token = await tokens.get(call.signal);
      return { 'x-auth-token': token };
    };
    try {
      return await transport.send({ ...call, authorize });
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      tokens.refused(token);
    }
    try {
      return await transport.send({ ...call, authorize });
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      throw new VbsAuthError(transport.factsOf(call), { cause: error, remedy });
    }
  };

  return {
    async ask(call, reading) {
      const answer = await send(call);
      return { requestId: answer.requestId, value: readBody(answer, reading.schema, reading.map) };
    },
    async tell(call) {
      const { requestId } = await send(call);
      return { requestId };
    },
  };
}

function isUnauthorized(error: unknown): error is VbsApiError {
  return error instanceof VbsApiError && error.kind === 'unauthorized';
}
