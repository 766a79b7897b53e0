import { setMaxListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../core/ports.ts';
import type { Topic } from '../core/stores.ts';
import type { TellFault } from './tell-faults.ts';

/** A piece of leased work. Its outcome is in the store; what it throws is a fault of ours, and its lease runs out. */
export type Piece = () => Promise<void>;

/** Work that is claimed in small batches. */
export interface Work {
  readonly name: string;
  /** Commits after which there may be something to do at once. */
  readonly wakesOn: readonly Topic[];
  /** How many pieces may be under way at once, but for the slow ones. */
  readonly atOnce: number;
  /** A piece that takes longer is slow: what it waits for may take minutes, and it makes room. None is unless given. */
  readonly slowAfterMs?: number;
  /** Claims at most `limit` pieces; none when nothing is due now. */
  claim(limit: number, signal: AbortSignal): Promise<readonly Piece[]>;
  /** Gives back what was claimed and not begun, at a stop. */
  release?(): Promise<void>;
}

export interface Worker {
  /** Looks for what is due. */
  look(): void;
  wake(written: ReadonlySet<Topic>): void;
  /** Takes up nothing more; waits for what is under way, and after `graceMs` aborts it. */
  stop(graceMs: number): Promise<void>;
}

/** Made once: an error notes where it was made, and there is one for each piece. */
const pieceEnded = new Error('the piece has ended');

/** Runs one kind of work. A slow piece holds up no other; claims wait until it is calm. */
export function startWorker(
  work: Work,
  { tell, calm, clock }: { tell: TellFault; calm: () => Promise<void>; clock: Pick<Clock, 'sleep'> },
): Worker {
  const { atOnce, slowAfterMs } = work;
  const abort = new AbortController();
  // Each piece may listen for the end.
  setMaxListeners(0, abort.signal);
  const underWay = new Set<Promise<void>>();
  const slow = new Set<Promise<void>>();
  let stopped = false;
  let woken = false;
  let claiming: Promise<void> | undefined;

  function fault(error: unknown): void {
    if (!abort.signal.aborted) tell(work.name, error);
  }

  function begin(piece: Piece): void {
    const ended = new AbortController();
    const run = piece()
      .catch(fault)
      .finally(() => {
        underWay.delete(run);
        slow.delete(run);
        ended.abort(pieceEnded);
        look();
      });
    underWay.add(run);
    if (slowAfterMs !== undefined) void makeRoom(run, slowAfterMs, ended.signal);
  }

  async function makeRoom(run: Promise<void>, afterMs: number, ended: AbortSignal): Promise<void> {
    await clock.sleep(afterMs, ended).catch(() => undefined);
    if (ended.aborted) return;
    slow.add(run);
    look();
  }

  function room(): number {
    return atOnce - (underWay.size - slow.size);
  }

  async function claimAll(): Promise<void> {
    // Pieces that end at the same moment make room for one claim.
    await turn();
    do {
      woken = false;
      while (!stopped && room() > 0) {
        await calm();
        if (stopped) break;
        const pieces = await work.claim(room(), abort.signal);
        if (pieces.length === 0) break;
        for (const piece of pieces) begin(piece);
      }
    } while (woken && !stopped);
  }

  function look(): void {
    if (stopped) return;
    woken = true;
    claiming ??= claimAll()
      .catch(fault)
      .finally(() => {
        claiming = undefined;
        // Woken between the last claim and here.
        if (woken) look();
      });
  }

  look();
  return {
    look,
    wake(written) {
      if (work.wakesOn.some((topic) => written.has(topic))) look();
    },
    async stop(graceMs) {
      stopped = true;
      const timer = setTimeout(() => abort.abort(new Error('shutting down')), graceMs);
      await claiming;
      await work.release?.().catch(fault);
      await Promise.all(underWay);
      clearTimeout(timer);
    },
  };
}
