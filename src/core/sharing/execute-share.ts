import { type BackupFacts, factsOf } from '../backups/backup.ts';
import type { Claimed } from '../claims.ts';
import type { Core } from '../core.ts';
import { CloudError, type Failure } from '../failure.ts';
import type { BackupService, Receipt } from '../ports.ts';
import { CLOUD_SKEW_MS, waitBefore } from '../timing.ts';
import { finishShare } from './finish-share.ts';
import { type ShareRequest, workingStates } from './share-request.ts';
import type { Sharing } from './sharing.ts';

/**
 * Takes one leased request a step further: reads the facts of a pending one; carries out an approved one; finds out what
 * became of one whose outcome is unknown. Sharing is not idempotent, so the cloud's sharings of the backup are read
 * before every call and after it, and what is there is taken.
 *
 * Safe to be killed anywhere: what was done is found by reading back, and the call is noted before it is made.
 */
export async function workOnShare(core: Core, claim: Claimed<ShareRequest>, signal: AbortSignal): Promise<void> {
  if (!core.projects.manages(claim.item.project)) return withoutProject(core, claim);
  const step = new ShareStep(core, claim, signal);
  try {
    await (claim.item.state === 'pending' ? step.readFacts() : step.execute());
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    await step.failed(error);
  }
}

/** The settings name its project no more: whoever may decide has none to decide on, and there is no cloud to call. */
async function withoutProject(core: Core, { item: request, lease }: Claimed<ShareRequest>): Promise<void> {
  if (request.state === 'pending') {
    const again = new Date(core.clock.now().getTime() + core.timing.retryMaxMs);
    await core.store.shareRequests.release(request.id, lease, again);
    return;
  }
  const failure: Failure = { kind: request.calledAt ? 'answer_lost' : 'project_gone' };
  const about = { lease, found: [], facts: request.backup, failure, cloudRequestId: undefined };
  await finishShare(core, request, about);
}

class ShareStep {
  readonly #core: Core;
  readonly #request: ShareRequest;
  readonly #lease: string;
  readonly #signal: AbortSignal;
  readonly #cloud: BackupService;
  /** When *share* was last called without its outcome being known. */
  #calledAt: Date | undefined;
  /** Set once the cloud has taken the call: from then on it is looked for, and not made again. */
  #accepted: Failure | undefined;
  /** The backup's sharings, as the cloud showed them last. */
  #found: readonly Sharing[] = [];
  /** What the backup is, where the request was carried out before anyone had read it. */
  #facts: BackupFacts | undefined;

  constructor(core: Core, claim: Claimed<ShareRequest>, signal: AbortSignal) {
    this.#core = core;
    this.#request = claim.item;
    this.#lease = claim.lease;
    this.#signal = signal;
    this.#cloud = core.clouds.of(claim.item.project);
    this.#calledAt = claim.item.calledAt;
    const { failure } = claim.item;
    if (this.#calledAt && failure?.kind === 'not_confirmed') this.#accepted = failure;
  }

  /** A request that was filed before its backup could be read: look it up, for the card. */
  async readFacts(): Promise<void> {
    const backup = await this.#cloud.backup(this.#request.backupId, this.#signal);
    const at = this.#core.clock.now();
    await this.#core.store.transaction(async (stores) => {
      const step = { from: ['pending'], to: 'pending', at, lease: this.#lease, release: true } as const;
      const patch = { backup: factsOf(backup), failure: undefined, attempts: 0, nextAttemptAt: undefined };
      if (await stores.shareRequests.move(this.#request.id, step, patch)) {
        await stores.cards.raise('share-request', this.#request.id);
      }
    });
  }

  async execute(): Promise<void> {
    if (!(await this.#begin())) return;
    await this.#lookBack();
    if (this.#calledAt && this.#missing().length > 0) await this.#lookForStopped(this.#calledAt);
    if (this.#missing().length === 0) return this.#finish(undefined, this.#accepted?.requestId);
    if (this.#accepted && !this.#tired()) return this.#lookAgain(this.#accepted);
    if (this.#mayStillHappen()) return this.#lookAgain();
    const problem = await this.#problem();
    if (problem) return this.#finish(problem);
    const receipt = await this.#share();
    if (!receipt) return;
    const { requestId } = receipt;
    this.#accepted = { kind: 'not_confirmed', ...(requestId && { requestId }) };
    await this.#lookBack();
    // Accepted, but not to be seen yet: "shared" is said only once the cloud shows it.
    return this.#missing().length > 0 ? this.#lookAgain(this.#accepted) : this.#finish(undefined, requestId);
  }

  /** What a failed reading, or a call that surely did nothing, means: try later, look later, or give up. */
  async failed(error: CloudError): Promise<void> {
    if (this.#calledAt) return this.#lookAgain(this.#accepted ?? error.failure);
    const gone = error.failure.kind === 'not_found';
    // A request waits for its owners, however long its backup cannot be read.
    const waits = this.#request.state === 'pending' ? !gone : error.again && !this.#tired();
    if (waits) return this.#postpone(error.failure, this.#next(error.again?.afterMs));
    return this.#finish(gone ? { ...error.failure, kind: 'backup_gone' } : error.failure, error.failure.requestId);
  }

  /** Calls *share* for the missing targets. Undefined if its outcome is unknown, or somebody else has the request now. */
  async #share(): Promise<Receipt<unknown> | undefined> {
    if (!(await this.#note(this.#core.clock.now()))) return undefined;
    try {
      return await this.#cloud.share(this.#request.backupId, this.#missing(), this.#signal);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.effect === 'none') {
        await this.#note(undefined);
        throw error;
      }
      await this.#lookAgain(error.failure);
      return undefined;
    }
  }

  async #begin(): Promise<boolean> {
    const at = this.#core.clock.now();
    return this.#core.store.transaction(async (stores) => {
      const step = { from: workingStates, to: 'executing', at, lease: this.#lease } as const;
      if (!(await stores.shareRequests.move(this.#request.id, step))) return false;
      if (this.#request.state !== 'executing') await stores.cards.raise('share-request', this.#request.id);
      return true;
    });
  }

  /** Reads the cloud's sharings of this backup. */
  async #lookBack(): Promise<void> {
    const found: Sharing[] = [];
    const filter = { direction: 'out', backupId: this.#request.backupId } as const;
    for await (const sharing of this.#cloud.sharings(filter, this.#signal)) {
      if (sharing.backupId === this.#request.backupId) found.push(sharing);
    }
    this.#found = found;
  }

  /** What the call made may have been stopped before the request heard of it: somebody's order, not to be undone. */
  async #lookForStopped(calledAt: Date): Promise<void> {
    const { project, backupId } = this.#request;
    const since = new Date(calledAt.getTime() - CLOUD_SKEW_MS);
    const missing = this.#missing();
    const ordered = await this.#core.store.sharings.orderedToStop({ project, backupId, since });
    const ours = ordered.filter(({ toProjectId }) => missing.includes(toProjectId));
    const { id } = this.#core.projects.get(project);
    this.#found = [...this.#found, ...ours.map((one) => ({ ...one, fromProjectId: id, backup: undefined }))];
  }

  /** The projects that it is still to be shared with. One that had it already is left as it is, also where that was stopped. */
  #missing(): readonly string[] {
    return this.#request.targets
      .filter(({ state }) => state === 'waiting')
      .map((target) => target.projectId)
      .filter((projectId) => !this.#found.some((sharing) => sharing.toProjectId === projectId));
  }

  /** Whether an earlier call may still be carried out, so that another would share twice. */
  #mayStillHappen(): boolean {
    const { timing, clock } = this.#core;
    return this.#calledAt !== undefined && clock.now().getTime() < this.#calledAt.getTime() + timing.settleMs;
  }

  /** Why the backup cannot be shared any more, if so. */
  async #problem(): Promise<Failure | undefined> {
    if (this.#calledAt && this.#tired()) return this.#request.failure ?? { kind: 'answer_lost' };
    this.#calledAt = undefined;
    const { endsAt } = this.#request;
    if (endsAt && endsAt <= this.#core.clock.now()) return { kind: 'end_passed' };
    const backup = await this.#cloud.backup(this.#request.backupId, this.#signal);
    this.#facts = factsOf(backup);
    return backup.status === 'available' ? undefined : { kind: 'backup_not_available', message: backup.status };
  }

  #tired(): boolean {
    return this.#request.attempts + 1 >= this.#core.timing.tries;
  }

  #next(afterMs: number | undefined): Date {
    const { timing, ids } = this.#core;
    const wait = waitBefore(timing, this.#request.attempts + 1, { afterMs, random: ids.random() });
    return new Date(this.#core.clock.now().getTime() + wait);
  }

  /** Notes that the call is about to be made, or that it surely did nothing. False if the lease was lost. */
  async #note(calledAt: Date | undefined): Promise<boolean> {
    const at = this.#core.clock.now();
    const step = { from: ['executing'], to: 'executing', at, lease: this.#lease } as const;
    const kept = await this.#core.store.shareRequests.move(this.#request.id, step, { calledAt });
    if (kept) this.#calledAt = calledAt;
    return kept;
  }

  async #lookAgain(failure?: Failure): Promise<void> {
    const at = this.#core.clock.now();
    await this.#core.store.transaction(async (stores) => {
      const step = { from: ['executing'], to: 'unknown', at, lease: this.#lease, release: true } as const;
      const moved = await stores.shareRequests.move(this.#request.id, step, {
        nextAttemptAt: failure ? this.#next(undefined) : new Date(at.getTime() + this.#core.timing.lookMs),
        attempts: this.#request.attempts + (failure ? 1 : 0),
        failure: failure ?? this.#request.failure,
      });
      if (moved && this.#request.state !== 'unknown') await stores.cards.raise('share-request', this.#request.id);
    });
  }

  async #postpone(failure: Failure, nextAttemptAt: Date): Promise<void> {
    const at = this.#core.clock.now();
    const state = this.#request.state === 'pending' ? 'pending' : 'executing';
    await this.#core.store.transaction(async (stores) => {
      const step = { from: [state], to: state, at, lease: this.#lease, release: true } as const;
      const patch = { attempts: this.#request.attempts + 1, nextAttemptAt, failure };
      if (await stores.shareRequests.move(this.#request.id, step, patch)) {
        await stores.cards.raise('share-request', this.#request.id);
      }
    });
  }

  #finish(failure?: Failure, cloudRequestId?: string): Promise<void> {
    const lease = this.#lease;
    const facts = this.#request.backup ?? this.#facts ?? this.#found.find((sharing) => sharing.backup)?.backup;
    return finishShare(this.#core, this.#request, { lease, found: this.#found, facts, failure, cloudRequestId });
  }
}
