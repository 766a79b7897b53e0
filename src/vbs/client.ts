import { createAccessKeyIdentity } from './auth/access-key.ts';
import type { Identity } from './auth/identity.ts';
import { createLogins } from './auth/logins.ts';
import { createTokenIdentity, createTokens, remedyFor, requestToken } from './auth/token.ts';
import { type Backups, createBackups } from './backups.ts';
import { createCaller } from './caller.ts';
import { VbsAborted, VbsError } from './errors.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { CallOptions, VbsClientOptions } from './options.ts';
import { createPolicies, type Policies } from './policies.ts';
import { createPolicyTags, type PolicyTags } from './policy-tags.ts';
import { createQuotas, type Quotas } from './quota.ts';
import { createSharings, type Sharings } from './sharings.ts';
import { Transport } from './transport.ts';

/** The Volume Backup Service of one project. Every call throws a VbsError (see errors.ts) and nothing else. */
export interface VbsClient {
  readonly sharings: Sharings;
  readonly backups: Backups;
  readonly quota: Quotas;
  readonly policies: Policies;
  readonly policyTags: PolicyTags;
  readonly jobs: Jobs;
  /**
   * Gets a token, or with an access key makes a small read. Throws VbsAuthError, with the remedy, if the cloud does not
   * take the credentials.
   */
  checkCredentials(options?: CallOptions): Promise<void>;
  /** Lets requests in flight end, and gives up the rest. */
  close(): Promise<void>;
}

/** Makes the client of one project; it connects when it is first used. */
export function createVbsClient(options: VbsClientOptions): VbsClient {
  const transport = new Transport(options);
  const { identity, check } = identityOf(options, transport);
  const caller = createCaller(transport, identity);
  const policies = createPolicies(caller);
  return {
    sharings: createSharings(caller),
    backups: createBackups(caller, options.nativeApiVersion ?? 'v3'),
    quota: createQuotas(caller),
    policies,
    policyTags: createPolicyTags(caller),
    jobs: createJobs(caller),
    async checkCredentials(call = {}) {
      if (check !== undefined) await check(call);
      // The shortest of the lists.
      else await policies.list(call);
    },
    close: () => transport.close(),
  };
}

/** Who the client is, and how to find out whether the cloud agrees, where that needs no call of the API. */
function identityOf(
  options: VbsClientOptions,
  transport: Transport,
): { identity: Identity; check?: (options: CallOptions) => Promise<void> } {
  const { project, credentials } = options;
  if (credentials.kind === 'accessKey')
    return { identity: createAccessKeyIdentity(transport, { project, credentials }) };
  const { user, domain } = credentials;
  const login = (options.logins ?? createLogins()).of(
    JSON.stringify([options.endpoints.iam, domain, user]),
    transport.now,
  );
  const tokens = createTokens(() => requestToken(transport, { options, credentials, login }), transport.now);
  return {
    identity: createTokenIdentity(tokens, remedyFor(project.name, credentials)),
    async check({ signal }) {
      try {
        await tokens.get(signal);
      } catch (cause) {
        if (cause instanceof VbsError) throw cause;
        const about = { problem: 'given up', effect: 'none', cause } as const;
        throw new VbsAborted(transport.factsOf({ operation: 'getToken' }), about);
      }
    },
  };
}
