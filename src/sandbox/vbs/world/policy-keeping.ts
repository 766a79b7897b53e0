import { followSchedule } from './policy-runs.ts';
import type { Disk, Policy, Tag } from './types.ts';
import type { World } from './world.ts';

type Schedule = Pick<
  Policy,
  | 'startTimes'
  | 'frequency'
  | 'weekdays'
  | 'retentionNum'
  | 'retentionDays'
  | 'keepFirstOfMonth'
  | 'status'
  | 'timeZone'
>;

export type PolicyInput = Pick<Policy, 'projectId' | 'name'> & Partial<Schedule> & { tags: Tag[] };

/** A new policy without disks; its schedule strikes from now on. */
export function addPolicy(world: World, input: PolicyInput): Policy {
  const policy: Policy = {
    startTimes: [],
    frequency: null,
    weekdays: null,
    retentionNum: null,
    retentionDays: null,
    keepFirstOfMonth: null,
    status: 'OFF',
    timeZone: null,
    ...input,
    id: world.ids.nextUuid('policy'),
    diskIds: [],
    isDefault: false,
    revision: 0,
    createdAt: world.now,
    tasks: [],
  };
  world.policies.add(policy);
  followSchedule(world, policy);
  return policy;
}

/** Changes what is given; runs that were begun go on, and only the new schedule strikes from now on. */
export function changePolicy(world: World, policy: Policy, change: Partial<Schedule> & { name: string }): void {
  const { name, ...schedule } = change;
  if (name !== policy.name) world.policies.rename(policy, name);
  Object.assign(policy, schedule);
  policy.revision++;
  followSchedule(world, policy);
}

/** Takes a policy away; what it made stays. */
export function removePolicy(world: World, policy: Policy): void {
  policy.revision++;
  world.policies.remove(policy.id);
}

/** Makes the policy the disk's only one. */
export function associate(world: World, policy: Policy, disk: Disk): void {
  for (const other of world.policiesOf(policy.projectId))
    if (other !== policy) other.diskIds = other.diskIds.filter((id) => id !== disk.id);
  if (!policy.diskIds.includes(disk.id)) policy.diskIds.push(disk.id);
}

export function disassociate(policy: Policy, diskId: string): void {
  policy.diskIds = policy.diskIds.filter((id) => id !== diskId);
}
