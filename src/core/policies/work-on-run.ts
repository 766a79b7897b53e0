import { BOT } from '../audit.ts';
import type { Claimed } from '../claims.ts';
import type { Core } from '../core.ts';
import { CloudError, type Failure } from '../failure.ts';
import type { BackupService } from '../ports.ts';
import type { ManagedProject } from '../projects.ts';
import { followDelay, waitBefore } from '../timing.ts';
import { applyTasks, settleByClock } from './apply-tasks.ts';
import { diskSizes } from './disk-sizes.ts';
import { endRun } from './end-run.ts';
import { nextRuns } from './next-runs.ts';
import { isFinal, type Policy } from './policy.ts';
import type { PolicyRun, RunState } from './policy-run.ts';
import { readChangedTasks } from './read-tasks.ts';
import type { PolicyRunPatch } from './run-store.ts';

/** Runs among which the last one by the schedule is looked for. */
const RUNS_READ = 10;

/**
 * Takes one leased run a step further: starts it, finds out whether it started, or follows it. The call that starts it
 * answers nothing to follow it by, so the policy's newest task is noted before, and every later one is the run's.
 */
export async function workOnRun(core: Core, claim: Claimed<PolicyRun>, signal: AbortSignal): Promise<void> {
  if (!core.projects.manages(claim.item.project)) return endRun(core, claim, { kind: 'project_gone' });
  const step = new RunStep(core, claim, signal);
  const { state, calledAt } = claim.item;
  try {
    if (state === 'requested' || (state === 'starting' && !calledAt)) await step.start();
    else await step.follow();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    await step.failed(error);
  }
}

class RunStep {
  readonly #core: Core;
  readonly #run: PolicyRun;
  readonly #lease: string;
  readonly #signal: AbortSignal;
  readonly #project: ManagedProject;
  readonly #cloud: BackupService;

  constructor(core: Core, claim: Claimed<PolicyRun>, signal: AbortSignal) {
    this.#core = core;
    this.#run = claim.item;
    this.#lease = claim.lease;
    this.#signal = signal;
    this.#project = core.projects.get(claim.item.project);
    this.#cloud = core.clouds.of(claim.item.project);
  }

  async start(): Promise<void> {
    const policies = await this.#cloud.policies(this.#signal);
    const policy = policies.find((one) => one.id === this.#run.policyId);
    if (!policy) return this.#end({ kind: 'not_found' });
    if (policy.disks === 0) return this.#end({ kind: 'no_disks' });
    // What the policy did before is put down first, so that only later tasks can be taken for this run's.
    await this.#apply(policy.disks);
    const after = await this.#newestTask();
    const calledAt = this.#core.clock.now();
    const noted = await this.#move(['requested', 'starting'], 'starting', {
      after,
      calledAt,
      startedAt: calledAt,
      disks: policy.disks,
      nextRunAt: await this.#nextRun(policy, calledAt),
    });
    if (!noted) return;
    try {
      const receipt = await this.#cloud.executePolicy(this.#run.policyId, this.#signal);
      await this.#started(receipt.requestId);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.effect === 'unknown') return this.#look(error.failure);
      await this.#move(['starting'], 'requested', { calledAt: undefined });
      throw error;
    }
  }

  /** Reads what is new of the policy. A start whose answer was lost shows itself by a task. */
  async follow(): Promise<void> {
    await this.#apply(this.#run.disks);
    const run = await this.#settled();
    if (!run) return;
    await this.#measure(run);
    const now = this.#core.clock.now().getTime();
    if (run.state === 'starting' || run.state === 'unknown') {
      if (run.tasks.length > 0) return this.#started(undefined);
      const settled = now >= (run.calledAt?.getTime() ?? now) + this.#core.timing.settleMs;
      return settled ? this.#end({ ...run.failure, kind: 'not_started' }) : this.#look(run.failure);
    }
    if (run.state !== 'running') return;
    const wait = followDelay(this.#core.timing, now - run.startedAt.getTime(), this.#core.ids.random());
    await this.#core.store.runs.release(run.id, this.#lease, new Date(now + wait));
  }

  /** When the schedule strikes next, where that can be told. */
  async #nextRun(policy: Policy, after: Date): Promise<Date | undefined> {
    if (!policy.enabled) return undefined;
    const runs = await this.#core.store.runs.newestOf(this.#run.project, policy.id, RUNS_READ);
    const lastRun = runs.find((run) => run.origin === 'schedule')?.startedAt;
    return nextRuns(policy.schedule, { after, count: 1, lastRun })?.[0];
  }

  /** Looks up how large the disks are: once there are tasks, and at the end again if one had no backup before. */
  async #measure({ id, project, origin, state, tasks, diskSizes: known }: PolicyRun): Promise<void> {
    const diskIds = tasks.map((task) => task.diskId);
    const isLacking = diskIds.some((diskId) => !known?.has(diskId));
    if (origin !== 'person' || !isLacking || (known !== undefined && state !== 'done')) return;
    const sizes = await diskSizes(this.#core, { project, diskIds }, this.#signal);
    await this.#core.store.transaction(async (stores) => {
      const step = { from: [state], to: state, lease: this.#lease };
      if (await stores.runs.move(id, step, { diskSizes: sizes })) await stores.cards.raise('policy-run', id);
    });
  }

  /** Where the run stands now. A disk that was taken from the policy before its task began is waited for no longer. */
  async #settled(): Promise<PolicyRun | undefined> {
    const { clock, store, timing } = this.#core;
    const settle = () => settleByClock(this.#core, this.#project, this.#run.id);
    const run = await settle();
    const young = clock.now().getTime() < this.#run.startedAt.getTime() + timing.gatherMs;
    if (run?.state !== 'running' || young || run.tasks.length === 0) return run;
    if (!run.tasks.every((task) => isFinal(task.status))) return run;
    const policy = (await this.#cloud.policies(this.#signal)).find((one) => one.id === run.policyId);
    if (!policy || policy.disks >= run.disks) return run;
    await store.runs.move(run.id, { from: ['running'], to: 'running', lease: this.#lease }, { disks: policy.disks });
    return settle();
  }

  async failed(error: CloudError): Promise<void> {
    const { attempts, state } = this.#run;
    const now = this.#core.clock.now().getTime();
    const { timing, ids } = this.#core;
    const wait = waitBefore(timing, attempts + 1, { afterMs: error.again?.afterMs, random: ids.random() });
    const nextCheckAt = new Date(now + wait);
    const beforeTheCall = state === 'requested' || (state === 'starting' && !this.#run.calledAt);
    if (!beforeTheCall) {
      await settleByClock(this.#core, this.#project, this.#run.id);
      const gone = error.failure.kind === 'not_found';
      const overdue = state !== 'running' && now >= this.#run.deadlineAt.getTime();
      if (gone || overdue) return this.#end(error.failure);
      await this.#core.store.runs.move(
        this.#run.id,
        { from: [state], to: state, lease: this.#lease, release: true },
        { attempts: attempts + 1, nextCheckAt },
      );
      return;
    }
    if (!error.again || attempts + 1 >= this.#core.timing.tries) return this.#end(error.failure);
    const patch = { attempts: attempts + 1, nextCheckAt, failure: error.failure };
    await this.#move(['requested', 'starting'], 'requested', patch);
  }

  async #apply(disks: number): Promise<void> {
    const { project, policyId, policyName } = this.#run;
    const tasks = await readChangedTasks(this.#core, { project, policyId }, this.#signal);
    const policy = { id: policyId, name: policyName, disks };
    await applyTasks(this.#core, { project: this.#project, policy, tasks, firstSight: await this.#firstSight() });
  }

  async #firstSight(): Promise<boolean> {
    if (this.#run.calledAt) return false;
    return !(await this.#core.store.watches.seenPolicies(this.#run.project)).has(this.#run.policyId);
  }

  async #newestTask(): Promise<PolicyRun['after']> {
    const { project, policyId } = this.#run;
    const newest = (await this.#core.store.tasks.known(project, [policyId])).get(policyId)?.newest;
    return newest && { taskId: newest.id, createdAt: newest.createdAt };
  }

  async #started(requestId: string | undefined): Promise<void> {
    const at = this.#core.clock.now();
    await this.#core.store.transaction(async (stores) => {
      const step = { from: ['starting', 'unknown'], to: 'running', lease: this.#lease, release: true } as const;
      const nextCheckAt = new Date(at.getTime() + Math.min(1_000, this.#core.timing.followMinMs));
      const patch = { nextCheckAt, attempts: 0, failure: undefined };
      if (!(await stores.runs.move(this.#run.id, step, patch))) return;
      await stores.watches.markSeen(this.#run.project, [this.#run.policyId]);
      await stores.cards.raise('policy-run', this.#run.id);
      await stores.audit.write({
        at,
        actor: BOT,
        action: 'policy.run-started',
        project: this.#run.project,
        subject: this.#run.id,
        outcome: 'ok',
        details: { policy: this.#run.policyId },
        cloudRequestId: requestId,
      });
    });
  }

  async #look(failure: Failure | undefined): Promise<void> {
    const nextCheckAt = new Date(this.#core.clock.now().getTime() + this.#core.timing.lookMs);
    await this.#move(['starting', 'unknown'], 'unknown', { failure, nextCheckAt });
  }

  #end(failure: Failure): Promise<void> {
    return endRun(this.#core, { item: this.#run, lease: this.#lease }, failure);
  }

  /** What is to be looked at again later is given free. */
  async #move(from: readonly RunState[], to: RunState, patch: PolicyRunPatch): Promise<boolean> {
    const release = patch.nextCheckAt !== undefined;
    return this.#core.store.transaction(async (stores) => {
      const moved = await stores.runs.move(this.#run.id, { from, to, lease: this.#lease, release }, patch);
      if (moved && (to !== this.#run.state || patch.failure)) await stores.cards.raise('policy-run', this.#run.id);
      return moved;
    });
  }
}
