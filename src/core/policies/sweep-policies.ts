import type { Claimed } from '../claims.ts';
import type { Core } from '../core.ts';
import { CloudError, type Failure } from '../failure.ts';
import type { ManagedProject } from '../projects.ts';
import { waitBefore } from '../timing.ts';
import { applyTasks } from './apply-tasks.ts';
import type { Policy } from './policy.ts';
import { NOTHING_KNOWN, readChangedTasks } from './read-tasks.ts';
import type { KnownTasks } from './task-store.ts';
import type { Watch } from './watch-store.ts';

/**
 * Looks once at every policy of a leased project: one request for the policies, one for each. A policy that cannot be
 * read now does not keep the others from being read. Answers why not everything could be read.
 */
export async function sweepPolicies(
  core: Core,
  claim: Claimed<Watch>,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const project = core.projects.get(claim.item.project);
  let failure: Failure | undefined;
  let nextMs = core.timing.sweepMs;
  try {
    const policies = await core.clouds.of(project.alias).policies(signal);
    const seen = await core.store.watches.seenPolicies(project.alias);
    const ids = policies.map((policy) => policy.id);
    const known = await core.store.tasks.known(project.alias, ids);
    const unread = await Promise.all(
      policies.map((policy) => {
        const of = { project, policy, known: known.get(policy.id) ?? NOTHING_KNOWN, firstSight: !seen.has(policy.id) };
        return sweepPolicy(core, of, signal);
      }),
    );
    failure = unread.find((one) => one !== undefined)?.failure;
    nextMs = Math.max(nextMs, ...unread.map((error) => askedFor(core, error)));
    const read = policies.filter((policy, index) => unread[index] === undefined && !seen.has(policy.id));
    if (read.length > 0) {
      await core.store.watches.markSeen(
        project.alias,
        read.map((policy) => policy.id),
      );
    }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    failure = error.failure;
    const about = { afterMs: error.again?.afterMs, random: core.ids.random() };
    nextMs = Math.max(nextMs, waitBefore(core.timing, 1, about));
  }
  // What was cut short says nothing of the cloud: it is left to whoever takes the project up next.
  if (failure !== undefined && signal.aborted) return failure;
  const at = core.clock.now();
  const nextAt = new Date(at.getTime() + Math.round(nextMs * (0.95 + 0.1 * core.ids.random())));
  await core.store.watches.done(project.alias, claim.lease, { at, nextAt, failure });
  return failure;
}

/** How long the cloud asks to wait. */
function askedFor({ timing, ids }: Core, error: CloudError | undefined): number {
  const afterMs = error?.again?.afterMs;
  return afterMs === undefined ? 0 : waitBefore(timing, 1, { afterMs, random: ids.random() });
}

async function sweepPolicy(
  core: Core,
  of: { project: ManagedProject; policy: Policy; known: KnownTasks; firstSight: boolean },
  signal: AbortSignal,
): Promise<CloudError | undefined> {
  try {
    const about = { project: of.project.alias, policyId: of.policy.id, known: of.known };
    const tasks = await readChangedTasks(core, about, signal);
    await applyTasks(core, { ...of, tasks });
    return undefined;
  } catch (error) {
    if (error instanceof CloudError) return error;
    throw error;
  }
}
