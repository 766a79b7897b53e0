import { createTokens, remedyFor, requestToken } from './auth/token.ts';
import { type Backups, createBackups } from './backups.ts';
import { createCaller } from './caller.ts';
import { VbsAborted, VbsError } from './errors.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { CallOptions, VbsClientOptions } from './options.ts';
import { createPolicies, type Policies } from './policies.ts';
import { createSharings, type Sharings } from './sharings.ts';
import { Transport } from './transport.ts';

/** The Volume Backup Service of one project. Every call throws a VbsError (see errors.ts) and nothing else. */
export interface VbsClient {
  readonly sharings: Sharings;
  readonly backups: Backups;
  readonly policies: Policies;
  readonly jobs: Jobs;
  /** Gets a token. Throws VbsAuthError, with the remedy, if the cloud does not take the credentials. */
  checkCredentials(options?: CallOptions): Promise<void>;
  /** Lets requests in flight end, and gives up the rest. */
  close(): Promise<void>;
}

/** Makes the client of one project; it connects when it is first used. */
export function createVbsClient(options: VbsClientOptions): VbsClient {
  const transport = new Transport(options);
  const tokens = createTokens(() => requestToken(transport, options), transport.now);
  const caller = createCaller(transport, tokens, remedyFor(options));
  return {
    sharings: createSharings(caller),
    backups: createBackups(caller),
    policies: createPolicies(caller),
    jobs: createJobs(caller),
    async checkCredentials({ signal } = {}) {
      try {
        await tokens.get(signal);
      } catch (cause) {
        if (cause instanceof VbsError) throw cause;
        throw new VbsAborted(transport.factsOf({ operation: 'getToken' }), {
          problem: 'given up',
          effect: 'none',
          cause,
        });
      }
    },
    close: () => transport.close(),
  };
}
