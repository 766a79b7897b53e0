import type { Tag } from '../../core/backups/backup.ts';
import type { Core } from '../../core/core.ts';
import { CannotCheck, NotFound, type Action as Right } from '../../core/errors.ts';
import { CloudError, type Failure } from '../../core/failure.ts';
import { type KnownDisks, knownDisks } from '../../core/policies/known-disks.ts';
import type { Policy } from '../../core/policies/policy.ts';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import type { PolicyRef } from './policy-ref.ts';

/** Runs among which the last one by the schedule is looked for. */
const RUNS_READ = 10;

export interface ReadPolicy {
  readonly project: ManagedProject;
  readonly policy: Policy;
  /** All of the project's. */
  readonly policies: readonly Policy[];
  readonly disks: KnownDisks;
}

/**
 * A policy as the cloud has it now, with its disks as far as they are known, for a person who has this right. Throws
 * NotFound, NotAllowed, CannotCheck or CloudError.
 */
export async function readPolicyFor(ctx: Context, ref: PolicyRef, right: Right): Promise<ReadPolicy> {
  const { core, user } = ctx;
  const project = core.projects.get(ref.project);
  await core.access.assert(right, project, user);
  const policies = await core.clouds.of(project.alias).policies();
  const policy = policies.find(({ id }) => id === ref.policy);
  if (policy === undefined) throw new NotFound('policy', ref.policy);
  return { project, policy, policies, disks: await knownDisks(core, project.alias, policies) };
}

/** The tags of a policy; or why they cannot be read, without which the rest is of use. */
export async function tagsIfRead(core: Core, ref: PolicyRef): Promise<readonly Tag[] | Failure> {
  try {
    return await core.clouds.of(ref.project).tagsOf(ref.policy);
  } catch (error) {
    if (error instanceof CloudError) return error.failure;
    throw error;
  }
}

/** The newest run of a policy, and when its schedule struck last, as far as the bot has seen. */
export async function runsOf(
  core: Core,
  ref: PolicyRef,
): Promise<{ readonly last: PolicyRun | undefined; readonly struckAt: Date | undefined }> {
  const runs = await core.store.runs.newestOf(ref.project, ref.policy, RUNS_READ);
  return { last: runs[0], struckAt: runs.find((run) => run.origin === 'schedule')?.startedAt };
}

/** Whether to show what this right allows; where it cannot be looked up, what is shown is of use without. */
export async function mayHere(ctx: Context, right: Right, project: ManagedProject): Promise<boolean> {
  try {
    return await ctx.core.access.may(right, project, ctx.user);
  } catch (error) {
    if (error instanceof CannotCheck) return false;
    throw error;
  }
}
