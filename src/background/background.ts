import type { ClaimedCard } from '../core/cards.ts';
import { expireChanges } from '../core/changes/decide-change.ts';
import { workOnChange } from '../core/changes/work-on-change.ts';
import type { Claimed, ClaimOptions } from '../core/claims.ts';
import type { Core } from '../core/core.ts';
import type { Failure } from '../core/failure.ts';
import { sweepPolicies } from '../core/policies/sweep-policies.ts';
import type { Watch } from '../core/policies/watch-store.ts';
import { workOnRun } from '../core/policies/work-on-run.ts';
import type { Log } from '../core/ports.ts';
import { expireShares } from '../core/sharing/decide-share.ts';
import { workOnShare } from '../core/sharing/execute-share.ts';
import { orderEndedStops, workOnStop } from '../core/sharing/stop-sharing.ts';
import type { Topic } from '../core/stores.ts';
import { keepingLease } from './keep-lease.ts';
import { createOneByOne } from './one-by-one.ts';
import { createTellFault } from './tell-faults.ts';
import { startTicks } from './ticks.ts';
import { startWorker, type Work } from './worker.ts';

const AT_ONCE = 8;
/** A cloud that has not answered by then may take minutes; work for the others goes on beside it. */
const SLOW_AFTER_MS = 5_000;
const EVERY_SECOND = '* * * * * *';
const EVERY_FIVE_SECONDS = '*/5 * * * * *';
/** A commit's answer, such as an acknowledgement, goes out before its work begins; what comes meanwhile is one wake-up. */
const WAKE_AFTER_MS = 10;

export interface BackgroundParts {
  readonly core: Core;
  /** Shows one card in Slack and writes the outcome. */
  readonly deliverCard: (card: ClaimedCard, signal: AbortSignal) => Promise<void>;
  /** Until when Slack wants no more cards, if so. */
  readonly heldUntil: () => Date | undefined;
  readonly onSweep: (project: string, outcome: 'ok' | 'failed') => void;
  /** Resolves when no person waits, for whom everything here makes room. */
  readonly calm?: () => Promise<void>;
}

export interface Background {
  /** Stops taking work and gives what is under way `graceMs` to end. */
  stop(graceMs: number): Promise<void>;
}

/** Starts everything that happens without a person: each worker claims what is due and calls the core. */
export function startBackground(parts: BackgroundParts): Background {
  const { core, calm = async () => undefined } = parts;
  const { store } = core;
  const all: Ticked[] = [
    rows(core, {
      topic: 'shareRequests',
      claimDue: (options) => store.shareRequests.claimDue(options),
      workOn: workOnShare,
    }),
    rows(core, { topic: 'changes', claimDue: (options) => store.changes.claimDue(options), workOn: workOnChange }),
    rows(core, { topic: 'sharings', claimDue: (options) => store.sharings.claimDue(options), workOn: workOnStop }),
    rows(core, { topic: 'runs', claimDue: (options) => store.runs.claimDue(options), workOn: workOnRun }),
    cards(parts),
    marks('lapsed requests', (limit) => expireShares(core, limit)),
    marks('lapsed changes', (limit) => expireChanges(core, limit)),
    marks('ended sharings', (limit) => orderEndedStops(core, limit)),
    sweeps(parts),
  ];
  const tell = createTellFault(core);
  const workers = all.map((work) => ({ cron: work.cron, ...startWorker(work, { tell, calm, clock: core.clock }) }));
  // One task for all that look at the same times: each costs the machine something at every tick.
  const ticks = [...new Set(all.map(({ cron }) => cron))].map((cron) =>
    startTicks(
      cron,
      () => {
        for (const worker of workers) if (worker.cron === cron) worker.look();
      },
      core,
    ),
  );
  const unsubscribe = store.onCommit(
    gathered((written) => {
      for (const worker of workers) worker.wake(written);
    }),
  );
  return {
    async stop(graceMs) {
      unsubscribe();
      for (const tick of ticks) await tick.stop();
      await Promise.all(workers.map((worker) => worker.stop(graceMs)));
    },
  };
}

/** Work and when to look for what is due, as a cron expression with seconds: the net under `wakesOn`. */
type Ticked = Work & { readonly cron: string };

/** Passes the news of several commits on at once, soon after the first of them. */
function gathered(tell: (written: ReadonlySet<Topic>) => void): (written: ReadonlySet<Topic>) => void {
  let news: Set<Topic> | undefined;
  return (written) => {
    if (news === undefined) {
      const gathering = new Set<Topic>();
      news = gathering;
      setTimeout(() => {
        news = undefined;
        tell(gathering);
      }, WAKE_AFTER_MS);
    }
    for (const topic of written) news.add(topic);
  };
}

/** Work on one kind of row of the store: those that are due are leased, and worked on side by side. */
function rows<Row extends { readonly id: string }>(
  core: Core,
  about: {
    readonly topic: Topic;
    readonly claimDue: (options: ClaimOptions) => Promise<readonly Claimed<Row>[]>;
    readonly workOn: (core: Core, claim: Claimed<Row>, signal: AbortSignal) => Promise<void>;
  },
): Ticked {
  const { topic, claimDue, workOn } = about;
  const oneByOne = createOneByOne();
  return {
    name: topic,
    cron: EVERY_SECOND,
    wakesOn: [topic],
    atOnce: AT_ONCE,
    slowAfterMs: SLOW_AFTER_MS,
    claim: async (limit, signal) =>
      (await claimDue(leased(core, limit))).map((claim) => oneByOne(claim.item.id, () => workOn(core, claim, signal))),
  };
}

function cards({ core, deliverCard, heldUntil }: BackgroundParts): Ticked {
  const oneByOne = createOneByOne();
  return {
    name: 'cards',
    cron: EVERY_SECOND,
    wakesOn: ['cards'],
    atOnce: AT_ONCE,
    async claim(limit, signal) {
      const held = heldUntil();
      if (held && held > core.clock.now()) return [];
      const claimed = await core.store.cards.claimDue(leased(core, limit));
      return claimed.map((card) => oneByOne(card.id, () => deliverCard(card, signal)));
    },
  };
}

/** What comes by itself, such as the end of a sharing: it is marked at once and needs no lease. */
function marks(name: string, markSome: (limit: number) => Promise<number>): Ticked {
  return {
    name,
    cron: EVERY_FIVE_SECONDS,
    wakesOn: [],
    atOnce: 1,
    async claim(_limit, signal) {
      while (!signal.aborted && (await markSome(AT_ONCE)) === AT_ONCE);
      return [];
    },
  };
}

/** Sweeps end one by one; so as not to claim for each, several are claimed at once and wait here for their turn. */
function sweeps({ core, onSweep }: BackgroundParts): Ticked {
  const aliases = core.projects.managed.map((project) => project.alias);
  /** Leased, and not begun. */
  let waiting: Claimed<Watch>[] = [];
  let freshUntil = new Date(0);
  const failing = new Set<string>();
  return {
    name: 'sweeps',
    cron: EVERY_FIVE_SECONDS,
    wakesOn: [],
    atOnce: AT_ONCE,
    slowAfterMs: SLOW_AFTER_MS,
    async claim(limit, signal) {
      const options = leased(core, AT_ONCE);
      // Those that have waited long are left to whoever claims them next.
      if (waiting.length === 0 || freshUntil <= options.now) {
        waiting = [...(await core.store.watches.claimDue(aliases, options))];
        freshUntil = new Date(options.now.getTime() + core.timing.leaseMs / 2);
      }
      return waiting.splice(0, limit).map((claim) => async () => {
        const { project } = claim.item;
        const extend = (until: Date) => core.store.watches.extend(project, claim.lease, until);
        const lease = { clock: core.clock, leaseMs: core.timing.leaseMs, extend };
        try {
          const failure = await keepingLease(lease, signal, (kept) => sweepPolicies(core, claim, kept));
          // What a stop cut short says nothing of the cloud.
          if (failure && signal.aborted) return;
          onSweep(project, failure ? 'failed' : 'ok');
          logTurn(core.log, failing, { project, failure });
        } finally {
          if (signal.aborted) await extend(core.clock.now());
        }
      });
    },
    async release() {
      const now = core.clock.now();
      for (const { item, lease } of waiting.splice(0)) await core.store.watches.extend(item.project, lease, now);
    },
  };
}

/** Tells the log when the policies of a project cannot be read, and when they can again: once each. */
function logTurn(
  log: Log,
  failing: Set<string>,
  { project, failure }: { readonly project: string; readonly failure: Failure | undefined },
): void {
  if (failure === undefined) {
    if (failing.delete(project)) log.info({ project }, 'the policies of a project can be read again');
  } else if (!failing.has(project)) {
    failing.add(project);
    log.warn(
      { project, failure },
      'the policies of a project cannot be read; it is tried again, `doctor` may tell more',
    );
  }
}

function leased(core: Core, limit: number): ClaimOptions {
  const now = core.clock.now();
  return { now, until: new Date(now.getTime() + core.timing.leaseMs), limit };
}
