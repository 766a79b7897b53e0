import type { Tag } from '../../backups/backup.ts';
import { type Failure, unlessGone } from '../../failure.ts';
import { type Policy, type PolicyPlan, samePlan } from '../../policies/policy.ts';
import type { Receipt } from '../../ports.ts';
import type { DeedKind } from '../change.ts';
import type { Acting, Procedure, Progress, Seen } from '../procedure.ts';

/** What is done by the time that the call is answered is never under way. */
const atOnce = { follow: async (): Promise<Progress> => 'running' };

async function accepted(call: Promise<Receipt<unknown>>): Promise<Receipt<'accepted'>> {
  return { value: 'accepted', requestId: (await call).requestId };
}

type Reading = Pick<Acting<DeedKind>, 'cloud' | 'signal'> & { readonly deed: { readonly policyId: string } };

async function policyOf({ cloud, deed, signal }: Reading): Promise<Policy | undefined> {
  return (await cloud.policies(signal)).find(({ id }) => id === deed.policyId);
}

async function gone(at: Reading): Promise<Failure | undefined> {
  return (await policyOf(at)) === undefined ? { kind: 'not_found' } : undefined;
}

/** A policy is made. Names are kept apart, so that after a lost answer it is known by its name. */
export const createPolicy: Procedure<'policy.create'> = {
  ...atOnce,
  async problem({ cloud, deed, signal }) {
    const taken = (await cloud.policies(signal)).some(({ name }) => name === deed.plan.name);
    return taken ? { kind: 'name_taken' } : undefined;
  },
  call: ({ cloud, deed, signal }) => accepted(cloud.createPolicy(deed.plan, deed.tags, signal)),
  async look({ cloud, deed, signal }): Promise<Seen> {
    const made = (await cloud.policies(signal)).find(({ name }) => name === deed.plan.name);
    if (made === undefined) return 'absent';
    const tagged = deed.tags.length === 0 || hasAll(await cloud.tagsOf(made.id, signal), deed.tags);
    return tagged ? { done: { policyId: made.id } } : 'unclear';
  },
};

function hasAll(there: readonly Tag[], wanted: readonly Tag[]): boolean {
  return wanted.every(({ key, value }) => there.some((tag) => tag.key === key && tag.value === value));
}

export const modifyPolicy: Procedure<'policy.modify'> = {
  ...atOnce,
  async problem(at) {
    const { cloud, deed, signal } = at;
    const policies = await cloud.policies(signal);
    const others = policies.filter(({ id }) => id !== deed.policyId);
    if (others.some(({ name }) => name === deed.plan.name)) return { kind: 'name_taken' };
    const policy = policies.find(({ id }) => id === deed.policyId);
    if (policy === undefined) return { kind: 'not_found' };
    // Whoever filled in the form did not see what came between, and would undo it unawares.
    return samePlan(policy, deed.before) ? undefined : { kind: 'changed_meanwhile' };
  },
  call: ({ cloud, deed, signal }) => accepted(cloud.modifyPolicy(deed.policyId, deed, signal)),
  async look(at): Promise<Seen> {
    const policy: PolicyPlan | undefined = await policyOf(at);
    return policy && samePlan(policy, at.deed.plan) ? { done: { policyId: at.deed.policyId } } : 'absent';
  },
};

export const switchPolicy: Procedure<'policy.switch'> = {
  ...atOnce,
  problem: gone,
  call: ({ cloud, deed, signal }) => accepted(cloud.switchPolicy(deed.policyId, deed.enabled, signal)),
  async look(at): Promise<Seen> {
    const policy = await policyOf(at);
    return policy?.enabled === at.deed.enabled ? { done: { policyId: at.deed.policyId } } : 'absent';
  },
};

export const deletePolicy: Procedure<'policy.delete'> = {
  ...atOnce,
  problem: gone,
  call: ({ cloud, deed, signal }) => accepted(cloud.deletePolicy(deed.policyId, signal)),
  look: async (at): Promise<Seen> =>
    (await policyOf(at)) === undefined ? { done: { policyId: at.deed.policyId } } : 'absent',
};

/** The answer tells what became of each disk, and nothing else does; putting a disk where it is does no harm. */
export const addDisks: Procedure<'policy.add-disks'> = {
  ...atOnce,
  problem: gone,
  async call({ cloud, deed, signal }) {
    const { value, requestId } = await cloud.addDisks(deed.policyId, deed.diskIds, signal);
    return { value: { done: { policyId: deed.policyId, disks: value } }, requestId };
  },
  look: async () => 'absent',
};

export const removeDisks: Procedure<'policy.remove-disks'> = {
  ...atOnce,
  problem: gone,
  async call({ cloud, deed, signal }) {
    const { value, requestId } = await cloud.removeDisks(deed.policyId, deed.diskIds, signal);
    return { value: { done: { policyId: deed.policyId, disks: value } }, requestId };
  },
  look: async () => 'absent',
};

export const changeTags: Procedure<'policy.tags'> = {
  ...atOnce,
  async problem({ cloud, deed, signal }) {
    const there = await cloud.tagsOf(deed.policyId, signal);
    const other = deed.tags.some(({ key, value }) => there.some((tag) => tag.key === key && tag.value !== value));
    // One tag goes whatever its value is; several go, and none is made, only where that is as the form showed it.
    const asShown = deed.action === 'create' || (deed.action === 'delete' && deed.tags.length > 1);
    return asShown && other ? { kind: 'changed_meanwhile' } : undefined;
  },
  call({ cloud, deed, signal }) {
    const { policyId, action, tags } = deed;
    const [only, ...others] = tags;
    // The calls for a single tag have no word for a new value.
    if (only === undefined || others.length > 0 || action === 'update') {
      return accepted(cloud.changeTags(policyId, { action, tags }, signal));
    }
    return accepted(
      action === 'create' ? cloud.addTag(policyId, only, signal) : cloud.removeTag(policyId, only.key, signal),
    );
  },
  async look({ cloud, deed, signal }): Promise<Seen> {
    const there = await unlessGone(cloud.tagsOf(deed.policyId, signal));
    // Of a policy that is gone there is nothing to look for.
    if (there === undefined) return 'absent';
    const asWanted =
      deed.action === 'delete'
        ? deed.tags.every(({ key }) => !there.some((tag) => tag.key === key))
        : hasAll(there, deed.tags);
    return asWanted ? { done: { policyId: deed.policyId } } : 'absent';
  },
};
