import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions, Receipt } from './options.ts';
import { createPoliciesByTag, type PoliciesByTag } from './policies-by-tag.ts';
import { createPolicyChanges, type PolicyChanges } from './policy-changes.ts';
import { createPolicyDisks, type PolicyDisks } from './policy-disks.ts';
import { createTasks, type Tasks } from './tasks.ts';

/** Which backups are made by themselves, when, and how long they are kept. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  /** How many disks it backs up. */
  readonly volumeCount: number;
  /** The zone in which people think of it, such as `UTC+08:00`; the start times are UTC all the same. */
  readonly timeZone: string | undefined;
  readonly enabled: boolean;
  /** Full hours as `HH:mm`, UTC. */
  readonly startTimes: readonly string[];
  /** Days between two runs; where both are given, it counts and `weekDays` does not. */
  readonly everyDays: number | undefined;
  readonly weekDays: readonly string[] | undefined;
  /** How many backups are kept; where both are given, it counts and `keepDays` does not. */
  readonly keepLast: number | undefined;
  readonly keepDays: number | undefined;
  readonly keepFirstOfMonth: boolean;
}

export interface Policies extends Tasks, PolicyChanges, PolicyDisks, PoliciesByTag {
  /** All of them; a project has at most ten. There is no call for one. */
  list(options?: CallOptions): Promise<readonly Policy[]>;
  /**
   * Runs a policy at once. The cloud tells nothing to follow it by: note the time before, and read the tasks created
   * since. A policy that runs already is refused with `AutoBackup.0225`.
   */
  execute(policyId: string, options?: CallOptions): Promise<Receipt>;
}

const policyBody = z.object({
  backup_policy_id: z.string(),
  backup_policy_name: z.string(),
  policy_resource_count: z.int32().nullable(),
  time_zone: z.string().nullish(),
  scheduled_policy: z.object({
    start_time: z.string().nullable(),
    status: z.string(),
    frequency: z.number().nullish(),
    week_frequency: z.array(z.string()).nullish(),
    rentention_num: z.number().nullish(),
    rentention_day: z.number().nullish(),
    remain_first_backup_of_curMonth: z.string().nullish(),
  }),
});
type PolicyBody = z.infer<typeof policyBody>;

const many = {
  schema: z.object({ backup_policies: z.array(policyBody) }),
  map: (wire: { backup_policies: PolicyBody[] }) => wire.backup_policies.map(toPolicy),
};

/** The backup policies of a project, and the tasks of their runs. */
export function createPolicies(caller: Caller): Policies {
  const list = async (options?: CallOptions) =>
    (await caller.ask({ operation: 'listPolicies', signal: options?.signal }, many)).value;
  return {
    ...createTasks(caller),
    ...createPolicyChanges(caller, list),
    ...createPolicyDisks(caller),
    ...createPoliciesByTag(caller),
    list,
    execute: (policyId, options) =>
      caller.tell({ operation: 'executePolicy', ids: { policy_id: policyId }, signal: options?.signal }),
  };
}

function toPolicy(wire: PolicyBody): Policy {
  const schedule = wire.scheduled_policy;
  return {
    id: wire.backup_policy_id,
    name: wire.backup_policy_name,
    volumeCount: wire.policy_resource_count ?? 0,
    timeZone: wire.time_zone ?? undefined,
    enabled: schedule.status === 'ON',
    startTimes: (schedule.start_time ?? '').split(',').filter((time) => time !== ''),
    everyDays: schedule.frequency ?? undefined,
    weekDays: schedule.week_frequency ?? undefined,
    keepLast: schedule.rentention_num ?? undefined,
    keepDays: schedule.rentention_day ?? undefined,
    keepFirstOfMonth: schedule.remain_first_backup_of_curMonth === 'Y',
  };
}
