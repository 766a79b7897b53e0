import { z } from 'zod';
import type { Caller } from './caller.ts';
import { explain } from './codes.ts';
import type { CallOptions, Receipt } from './options.ts';

/** A disk that could not be put into a policy, or taken out of it. */
export interface FailedDisk {
  readonly volumeId: string;
  readonly code: string | undefined;
  /** What the cloud says. */
  readonly message: string | undefined;
  /** In plain words, for known codes. */
  readonly explanation: string | undefined;
  readonly remedy: string | undefined;
}

/** What became of each disk; a call that succeeds may have failed for some, or for all. */
export interface DiskOutcomes extends Receipt {
  readonly succeeded: readonly string[];
  readonly failed: readonly FailedDisk[];
}

export interface PolicyDisks {
  /** Puts disks into a policy. A disk is in one policy only: it leaves the one it was in. */
  associate(policyId: string, volumeIds: readonly string[], options?: CallOptions): Promise<DiskOutcomes>;
  disassociate(policyId: string, volumeIds: readonly string[], options?: CallOptions): Promise<DiskOutcomes>;
}

const diskBody = z.object({
  resource_id: z.string(),
  code: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
});
const outcomesBody = z.object({
  success_resources: z.array(z.object({ resource_id: z.string() })).nullish(),
  fail_resources: z.array(diskBody).nullish(),
});
type OutcomesBody = z.infer<typeof outcomesBody>;

const outcomes = {
  schema: outcomesBody,
  map: (wire: OutcomesBody) => ({
    succeeded: (wire.success_resources ?? []).map((disk) => disk.resource_id),
    failed: (wire.fail_resources ?? []).map(toFailedDisk),
  }),
};

/** Which disks are in a policy. */
export function createPolicyDisks(caller: Caller): PolicyDisks {
  return {
    async associate(policyId, volumeIds, options) {
      const resources = volumeIds.map((id) => ({ resource_id: id, resource_type: 'volume' }));
      const { requestId, value } = await caller.ask(
        {
          operation: 'associateDisks',
          needs: { policy_id: policyId, volume_ids: volumeIds },
          body: { backup_policy_id: policyId, resources },
          signal: options?.signal,
        },
        outcomes,
      );
      return { requestId, ...value };
    },
    async disassociate(policyId, volumeIds, options) {
      const { requestId, value } = await caller.ask(
        {
          operation: 'disassociateDisks',
          ids: { policy_id: policyId },
          needs: { volume_ids: volumeIds },
          body: { resources: volumeIds.map((id) => ({ resource_id: id })) },
          signal: options?.signal,
        },
        outcomes,
      );
      return { requestId, ...value };
    },
  };
}

function toFailedDisk(wire: z.infer<typeof diskBody>): FailedDisk {
  const code = wire.code ? String(wire.code) : undefined;
  const known = explain(code);
  return {
    volumeId: wire.resource_id,
    code,
    message: wire.message || undefined,
    explanation: known?.explanation,
    remedy: known?.remedy,
  };
}
