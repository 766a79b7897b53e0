import type { Answer } from './answer.ts';
import type { Identity, Proof } from './auth/identity.ts';
import { type CallFacts, VbsApiError, VbsAuthError } from './errors.ts';
import type { Receipt } from './options.ts';
import { type Call, mostTries, type Transport } from './transport.ts';
import { type Reading, readBody } from './wire.ts';

/** Makes calls in the project's name. */
export interface Caller {
  ask<Wire, T>(call: Call, reading: Reading<Wire, T>): Promise<Receipt & { readonly value: T }>;
  /** For calls whose answer has nothing to read. */
  tell(call: Call): Promise<Receipt>;
  /** What errors tell of a call. Throws VbsInputError if it can't be made. */
  factsOf(call: Call): CallFacts;
}

/**
 * Makes a caller that proves itself by an identity. After a 401 that the identity can mend it repeats a call once,
 * also a write: a 401 did nothing.
 */
export function createCaller(transport: Transport, identity: Identity): Caller {
  const send = async (call: Call): Promise<Answer> => {
    let proof: Proof = {};
    let tried = 0;
    const authorize: Call['authorize'] = async (request) => {
      tried++;
      proof = await identity.prove(request, { signal: call.signal });
      return proof;
    };
    const refuse = (cause: VbsApiError) =>
      new VbsAuthError(transport.factsOf(call), { cause, remedy: identity.remedy });
    try {
      return await transport.send({ ...call, authorize });
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      if (!identity.mend(error, proof)) throw refuse(error);
    }
    // The try that a 401 ended is not counted, those before it are.
    const tries = Math.max(1, (call.tries ?? mostTries) - (tried - 1));
    try {
      return await transport.send({ ...call, authorize, tries });
    } catch (error) {
      throw isUnauthorized(error) ? refuse(error) : error;
    }
  };

  return {
    async ask(call, reading) {
      const answer = await send(call);
      return { requestId: answer.requestId, value: readBody(answer, reading) };
    },
    async tell(call) {
      const { requestId } = await send(call);
      return { requestId };
    },
    factsOf: (call) => transport.factsOf(call),
  };
}

function isUnauthorized(error: unknown): error is VbsApiError {
  return error instanceof VbsApiError && error.kind === 'unauthorized';
}
