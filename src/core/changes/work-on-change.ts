import type { Claimed } from '../claims.ts';
import type { Core } from '../core.ts';
import { CloudError, type Failure } from '../failure.ts';
import { followDelay, waitBefore } from '../timing.ts';
import { type Change, type ChangeResult, type ChangeState, type DeedKind, workingChangeStates } from './change.ts';
import type { ChangePatch } from './change-store.ts';
import { finishChange } from './finish-change.ts';
import type { Acting, Procedure, Step } from './procedure.ts';
import { procedures } from './procedures/procedures.ts';

/**
 * Takes one leased change a step further: makes the call, finds out what became of it where that is unknown, or follows
 * what is under way. The call is noted before it is made, and what the cloud shows is read before every repetition, so
 * that it is safe to be killed anywhere.
 */
export async function workOnChange(core: Core, claim: Claimed<Change>, signal: AbortSignal): Promise<void> {
  const { item: change, lease } = claim;
  if (!core.projects.manages(change.project)) {
    const failure: Failure = { kind: change.calledAt ? 'answer_lost' : 'project_gone' };
    return finishChange(core, change, { lease, failure, result: change.result, cloudRequestId: undefined });
  }
  const step = stepOf(core, claim, signal);
  try {
    await (change.state === 'running' ? step.follow() : step.execute());
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    await step.failed(error);
  }
}

function stepOf(core: Core, claim: Claimed<Change>, signal: AbortSignal): ChangeStep<DeedKind> {
  const { item: change } = claim;
  const acting = { deed: change.deed, change, cloud: core.clouds.of(change.project), signal };
  // The deed is of the kind whose procedure is looked up by it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const procedure = procedures[change.deed.kind] as Procedure<DeedKind>;
  return new ChangeStep(core, claim, { procedure, acting });
}

class ChangeStep<K extends DeedKind> {
  readonly #core: Core;
  readonly #change: Change;
  readonly #lease: string;
  readonly #procedure: Procedure<K>;
  readonly #acting: Acting<K>;
  #calledAt: Date | undefined;
  /** Set once the cloud has taken the call: from then on it is looked for, and not made again. */
  #accepted: Failure | undefined;

  constructor(core: Core, claim: Claimed<Change>, about: { procedure: Procedure<K>; acting: Acting<K> }) {
    this.#core = core;
    this.#change = claim.item;
    this.#lease = claim.lease;
    this.#procedure = about.procedure;
    this.#acting = about.acting;
    const { calledAt, failure } = claim.item;
    this.#calledAt = calledAt;
    if (calledAt && failure?.kind === 'not_confirmed') this.#accepted = failure;
  }

  async execute(): Promise<void> {
    if (!(await this.#begin())) return;
    if (this.#calledAt) {
      const seen = await this.#procedure.look(this.#acting);
      if (typeof seen === 'object') return this.#take(seen, this.#accepted?.requestId);
      if (this.#accepted || this.#mayStillHappen()) return this.#lookAgain(this.#accepted);
      if (seen === 'unclear' || this.#tired()) {
        return this.#finish({ failure: { ...this.#change.failure, kind: 'answer_lost' } });
      }
      this.#calledAt = undefined;
    }
    const problem = await this.#procedure.problem(this.#acting);
    if (problem) return this.#finish({ failure: problem });
    await this.#call();
  }

  /** Asks after what is under way, until it is over or takes much too long. */
  async follow(): Promise<void> {
    const progress = await this.#procedure.follow(this.#acting);
    const { result, startedAt, createdAt } = this.#change;
    if (progress !== 'running') {
      return 'done' in progress
        ? this.#finish({ result: { ...result, ...progress.done } })
        : this.#finish({ failure: progress.failed });
    }
    const { timing, clock, ids } = this.#core;
    const age = clock.now().getTime() - (startedAt ?? createdAt).getTime();
    if (age >= timing.runDeadlineMs) return this.#finish({ failure: { kind: 'overdue' } });
    const nextAttemptAt = new Date(clock.now().getTime() + followDelay(timing, age, ids.random()));
    await this.#move(['running'], 'running', { attempts: 0, nextAttemptAt });
  }

  /** What a failed reading, or a call that surely did nothing, means: try later, look later, or give up. */
  async failed(error: CloudError): Promise<void> {
    const { failure, again } = error;
    if (this.#change.state === 'running') return this.#askLater(failure, again?.afterMs);
    if (this.#calledAt) return this.#lookAgain(this.#accepted ?? failure);
    if (!again || this.#tired()) return this.#finish({ failure });
    const patch = { attempts: this.#change.attempts + 1, nextAttemptAt: this.#next(again.afterMs), failure };
    await this.#move(['executing'], 'executing', patch);
  }

  async #call(): Promise<void> {
    if (!(await this.#note(this.#core.clock.now()))) return;
    try {
      const { value, requestId } = await this.#procedure.call(this.#acting);
      if (value !== 'accepted') return await this.#take(value, requestId);
      this.#accepted = { kind: 'not_confirmed', ...(requestId && { requestId }) };
      const seen = await this.#procedure.look(this.#acting);
      // Accepted, but not to be seen yet: it is said to be done only once the cloud shows it.
      return typeof seen === 'object' ? await this.#take(seen, requestId) : await this.#lookAgain(this.#accepted);
    } catch (error) {
      if (!(error instanceof CloudError) || this.#accepted) throw error;
      if (error.effect === 'unknown') return this.#lookAgain(error.failure);
      await this.#note(undefined);
      throw error;
    }
  }

  async #take(step: Step, requestId: string | undefined): Promise<void> {
    const named = requestId === undefined ? {} : { requestId };
    if ('done' in step) return this.#finish({ result: { ...step.done, ...named }, cloudRequestId: requestId });
    const now = this.#core.clock.now();
    const patch = {
      result: { ...step.running, ...named },
      calledAt: undefined,
      failure: undefined,
      startedAt: now,
      attempts: 0,
      nextAttemptAt: new Date(now.getTime() + Math.min(1_000, this.#core.timing.followMinMs)),
    };
    await this.#move(['executing'], 'running', patch);
  }

  async #begin(): Promise<boolean> {
    const at = this.#core.clock.now();
    const from = workingChangeStates.filter((state) => state !== 'running');
    return this.#core.store.transaction(async (stores) => {
      const step = { from, to: 'executing', at, lease: this.#lease } as const;
      if (!(await stores.changes.move(this.#change.id, step))) return false;
      if (this.#change.state !== 'executing') await stores.cards.raise('change', this.#change.id);
      return true;
    });
  }

  /** Whether an earlier call may still be carried out, so that another would do it twice. */
  #mayStillHappen(): boolean {
    const { timing, clock } = this.#core;
    return this.#calledAt !== undefined && clock.now().getTime() < this.#calledAt.getTime() + timing.settleMs;
  }

  #tired(): boolean {
    return this.#change.attempts + 1 >= this.#core.timing.tries;
  }

  #next(afterMs: number | undefined): Date {
    const { timing, ids, clock } = this.#core;
    const wait = waitBefore(timing, this.#change.attempts + 1, { afterMs, random: ids.random() });
    return new Date(clock.now().getTime() + wait);
  }

  /** Notes that the call is about to be made, or that it surely did nothing. False if the lease was lost. */
  async #note(calledAt: Date | undefined): Promise<boolean> {
    const step = { from: ['executing'], to: 'executing', at: this.#core.clock.now(), lease: this.#lease } as const;
    const kept = await this.#core.store.changes.move(this.#change.id, step, { calledAt });
    if (kept) this.#calledAt = calledAt;
    return kept;
  }

  async #lookAgain(failure?: Failure): Promise<void> {
    if (this.#accepted && this.#tired()) return this.#finish({ failure: this.#accepted });
    const at = this.#core.clock.now();
    await this.#move(['executing'], 'unknown', {
      nextAttemptAt: failure ? this.#next(undefined) : new Date(at.getTime() + this.#core.timing.lookMs),
      attempts: this.#change.attempts + (failure ? 1 : 0),
      failure: failure ?? this.#change.failure,
    });
  }

  /** The cloud goes on with it, whether or not it can be asked. */
  async #askLater(failure: Failure, afterMs: number | undefined): Promise<void> {
    const { startedAt, createdAt } = this.#change;
    const age = this.#core.clock.now().getTime() - (startedAt ?? createdAt).getTime();
    if (age >= this.#core.timing.runDeadlineMs) return this.#finish({ failure: { ...failure, kind: 'overdue' } });
    const patch = { attempts: this.#change.attempts + 1, nextAttemptAt: this.#next(afterMs) };
    await this.#move(['running'], 'running', patch);
  }

  async #move(from: readonly ChangeState[], to: ChangeState, patch: ChangePatch): Promise<void> {
    const at = this.#core.clock.now();
    await this.#core.store.transaction(async (stores) => {
      const step = { from, to, at, lease: this.#lease, release: true };
      const moved = await stores.changes.move(this.#change.id, step, patch);
      const { state, failure } = this.#change;
      const news = to !== state || ('failure' in patch && patch.failure?.kind !== failure?.kind);
      if (moved && news) await stores.cards.raise('change', this.#change.id);
    });
  }

  #finish(outcome: { failure?: Failure; result?: ChangeResult; cloudRequestId?: string | undefined }): Promise<void> {
    const { failure, result = this.#change.result, cloudRequestId } = outcome;
    return finishChange(this.#core, this.#change, { lease: this.#lease, failure, result, cloudRequestId });
  }
}
