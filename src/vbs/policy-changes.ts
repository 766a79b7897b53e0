import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions, Receipt } from './options.ts';
import { type NewSchedule, type ScheduleChange, wireSchedule } from './policy-schedule.ts';
import type { Tag } from './tracked-backups.ts';

export interface NewPolicy {
  /** 1–64 of letters, digits, `_` and `-`, not starting with `default`. */
  readonly name: string;
  readonly schedule: NewSchedule;
  /** Such as `UTC+08:00`. Needed beside days of the week where a start time falls on another day in UTC. */
  readonly timeZone?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** What is left out stays as it is. */
export interface PolicyChange {
  readonly name?: string | undefined;
  readonly schedule?: ScheduleChange | undefined;
  readonly timeZone?: string | undefined;
}

export interface PolicyReceipt extends Receipt {
  readonly policyId: string;
}

export interface PolicyChanges {
  /** Not idempotent: after an error whose effect is unknown, list the policies. A project has at most ten. */
  create(policy: NewPolicy, options?: CallOptions): Promise<PolicyReceipt>;
  modify(policyId: string, change: PolicyChange, options?: CallOptions): Promise<PolicyReceipt>;
  /** Lets a policy run by its schedule. Reads the schedule first, since the API wants it said again. */
  enable(policyId: string, options?: CallOptions): Promise<PolicyReceipt>;
  /** Keeps a policy from running by its schedule; otherwise as `enable`. */
  disable(policyId: string, options?: CallOptions): Promise<PolicyReceipt>;
  /** Deletes a policy; its backups stay, and its disks are no longer backed up. */
  delete(policyId: string, options?: CallOptions): Promise<Receipt>;
}

/** What must be said again of a policy's schedule. */
export interface Scheduled {
  readonly id: string;
  readonly timeZone: string | undefined;
  readonly startTimes: readonly string[];
  readonly everyDays: number | undefined;
  readonly weekDays: readonly string[] | undefined;
}

/** Creating allows 30. */
const mostDaysInChange = 14;

const changed = {
  schema: z.object({ backup_policy_id: z.string() }),
  map: (wire: { backup_policy_id: string }) => wire.backup_policy_id,
};

/** What changes policies. */
export function createPolicyChanges(
  caller: Caller,
  list: (options?: CallOptions) => Promise<readonly Scheduled[]>,
): PolicyChanges {
  const turn = async (policyId: string, status: 'ON' | 'OFF', options: CallOptions = {}): Promise<PolicyReceipt> => {
    const call = { operation: 'switchPolicy', ids: { policy_id: policyId }, signal: options.signal } as const;
    caller.factsOf(call);
    const policy = (await list(options)).find(({ id }) => id === policyId);
    const { requestId, value } = await caller.ask({ ...call, body: statusBody(policy, status) }, changed);
    return { requestId, policyId: value };
  };

  return {
    async create(policy, options) {
      const body = {
        backup_policy_name: policy.name,
        scheduled_policy: wireSchedule(policy.schedule),
        time_zone: policy.timeZone,
        tags: policy.tags,
      };
      const call = { operation: 'createPolicy', body, signal: options?.signal } as const;
      const { requestId, value } = await caller.ask(call, changed);
      return { requestId, policyId: value };
    },
    async modify(policyId, change, options) {
      const body = {
        backup_policy_name: change.name,
        scheduled_policy: change.schedule === undefined ? undefined : wireSchedule(change.schedule),
        time_zone: change.timeZone,
      };
      const call = { operation: 'modifyPolicy', ids: { policy_id: policyId }, body, signal: options?.signal } as const;
      const { requestId, value } = await caller.ask(call, changed);
      return { requestId, policyId: value };
    },
    enable: (policyId, options) => turn(policyId, 'ON', options),
    disable: (policyId, options) => turn(policyId, 'OFF', options),
    delete: (policyId, options) =>
      caller.tell({ operation: 'deletePolicy', ids: { policy_id: policyId }, signal: options?.signal }),
  };
}

/**
 * The reference asks for one of the frequencies with any schedule, and for start times and zone beside days of the
 * week. What only creating allows, a longer interval or a higher retention, is not said again: it would be refused.
 */
function statusBody(policy: Scheduled | undefined, status: 'ON' | 'OFF'): Record<string, unknown> {
  const { everyDays } = policy ?? {};
  if (policy === undefined || (everyDays ?? 0) > mostDaysInChange) return { scheduled_policy: { status } };
  if (everyDays !== undefined) return { scheduled_policy: { frequency: everyDays, status } };
  return {
    scheduled_policy: { start_time: policy.startTimes.join(','), week_frequency: policy.weekDays, status },
    time_zone: policy.timeZone,
  };
}
