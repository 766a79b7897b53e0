import { afterEach, describe, expect, it } from 'vitest';
import { type Piece, startWorker, type Work, type Worker } from '../../src/background/worker.ts';
import type { Topic } from '../../src/core/stores.ts';
import { manualClock } from './manual-clock.ts';

describe('a worker', () => {
  const workers: Worker[] = [];
  const faults: unknown[] = [];
  const clock = manualClock();
  const tell = (_work: string, error: unknown) => faults.push(error);

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(0)));
    faults.length = 0;
  });

  function start(claim: Work['claim'], calm = async () => {}): Worker {
    const worker = startWorker(
      { name: 'test', wakesOn: ['runs'], atOnce: 2, slowAfterMs: 5_000, claim },
      { tell, calm, clock },
    );
    workers.push(worker);
    return worker;
  }

  it('takes up what is there, never more at once than it may, until nothing is left', async () => {
    const due = Array.from({ length: 7 }, (_, index) => index);
    const done: number[] = [];
    let most = 0;
    let underWay = 0;
    const piece = (one: number): Piece => {
      return async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await turn();
        underWay -= 1;
        done.push(one);
      };
    };
    start(async (limit) => due.splice(0, limit).map(piece));
    await until(() => done.length === 7);
    expect([done.toSorted((one, other) => one - other), most]).toEqual([[0, 1, 2, 3, 4, 5, 6], 2]);
  });

  it('goes on beside what is slow, and stops no sooner than that has ended', async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const claim: Work['claim'] = async (limit) =>
      Array.from({ length: limit }, (_, index) => () => {
        begun.push(index);
        return new Promise((resolve) => ends.push(resolve));
      });
    const worker = start(claim);
    await until(() => begun.length === 2);
    await clock.advance(4_999);
    worker.look();
    await turn();
    await turn();
    expect(begun.length).toBe(2);
    await clock.advance(1);
    await until(() => begun.length === 4);
    for (const end of ends.splice(0, 3)) end();
    await until(() => begun.length === 5);
    let stopped = false;
    const stopping = worker.stop(60_000).then(() => {
      stopped = true;
    });
    ends.shift()?.();
    await turn();
    expect(stopped).toBe(false);
    ends.shift()?.();
    await stopping;
    expect(begun.length).toBe(5);
  });

  it('misses no wake-up, whenever it comes', async () => {
    let due = 0;
    let done = 0;
    const worker = start(async () => {
      if (due === 0) return [];
      due -= 1;
      return [
        async () => {
          done += 1;
        },
      ];
    });
    for (let round = 1; round <= 300; round += 1) {
      due += 1;
      worker.wake(new Set<Topic>(['runs']));
      // Into another phase each time of the claim that is ending at this moment.
      for (let phase = 0; phase < round % 30; phase += 1) await Promise.resolve();
      due += 1;
      worker.wake(new Set<Topic>(['runs']));
      await until(() => done === 2 * round);
    }
    expect(done).toBe(600);
  });

  it('is held up neither by a piece that fails nor by a claim that does', async () => {
    let claims = 0;
    const done: string[] = [];
    const worker = start(async () => {
      claims += 1;
      if (claims === 1) return [() => Promise.reject(new Error('a piece fails')), async () => void done.push('piece')];
      if (claims === 3) throw new Error('the database is away');
      return claims === 4 ? [async () => void done.push('after')] : [];
    });
    for (let turns = 0; turns < 100 && !done.includes('after'); turns += 1) {
      worker.wake(new Set<Topic>(['runs']));
      await turn();
    }
    expect([done, faults.length]).toEqual([['piece', 'after'], 2]);
  });

  it('looks at nothing that it does not wake on', async () => {
    let claims = 0;
    const worker = start(async () => {
      claims += 1;
      return [];
    });
    await until(() => claims === 1);
    worker.wake(new Set<Topic>(['audit']));
    await turn();
    expect(claims).toBe(1);
  });

  it('aborts at a stop what does not end by itself, and takes up nothing more', async () => {
    let claims = 0;
    const worker = start(async (_limit, signal) => {
      claims += 1;
      return claims === 1 ? [() => untilAborted(signal)] : [];
    });
    await until(() => claims === 2);
    await worker.stop(5);
    worker.wake(new Set<Topic>(['runs']));
    await turn();
    expect([claims, faults]).toEqual([2, []]);
  });

  it('claims once it is calm, and nothing any more where it was stopped by then', async () => {
    let claims = 0;
    let calmDown: () => void = () => undefined;
    const calm = () =>
      new Promise<void>((resolve) => {
        calmDown = resolve;
      });
    const claim = async () => {
      claims += 1;
      return [];
    };
    const worker = start(claim, calm);
    await turn();
    await turn();
    expect(claims).toBe(0);
    calmDown();
    await until(() => claims === 1);
    worker.look();
    await turn();
    await turn();
    const stopped = worker.stop(0);
    calmDown();
    await stopped;
    expect([claims, faults]).toEqual([1, []]);
  });
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function until(is: () => boolean): Promise<void> {
  for (let turns = 0; turns < 1_000 && !is(); turns += 1) await turn();
  expect(is()).toBe(true);
}
