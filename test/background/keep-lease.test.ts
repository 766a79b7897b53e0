import { describe, expect, it } from 'vitest';
import { keepingLease } from '../../src/background/keep-lease.ts';
import { openStore } from '../../src/store/store.ts';
import { databases } from '../support/databases.ts';
import { manualClock } from './manual-clock.ts';

const LEASE_MS = 60_000;

describe('keeping a lease', () => {
  it('asks for it anew as long as the work goes on, and no longer', async () => {
    const clock = manualClock();
    const asked: number[] = [];
    const extend = async (until: Date) => asked.push((until.getTime() - clock.now().getTime()) / 1_000) > 0;
    let finish: (value: string) => void = () => undefined;
    const outcome = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const work = keepingLease({ clock, leaseMs: LEASE_MS, extend }, new AbortController().signal, () => outcome);
    for (let third = 0; third < 5; third += 1) await clock.advance(20_000);
    expect(asked).toEqual([60, 60, 60, 60, 60]);
    finish('done');
    expect(await work).toBe('done');
    await clock.advance(120_000);
    expect(asked).toHaveLength(5);
  });

  it('gives the work up once somebody else has it', async () => {
    const clock = manualClock();
    const lease = { clock, leaseMs: LEASE_MS, extend: async () => false };
    const work = keepingLease(lease, new AbortController().signal, untilAborted);
    const outcome = expect(work).rejects.toThrow('the lease was lost');
    await clock.advance(20_000);
    await outcome;
  });

  it('goes on while the database cannot be asked', async () => {
    const clock = manualClock();
    const lease = { clock, leaseMs: LEASE_MS, extend: () => Promise.reject(new Error('the database is away')) };
    const shutdown = new AbortController();
    const work = keepingLease(lease, shutdown.signal, untilAborted);
    const outcome = expect(work).rejects.toThrow('shutting down');
    await clock.advance(20_000);
    shutdown.abort(new Error('shutting down'));
    await outcome;
  });
});

describe.each(databases)('the claim of a sweep on $name', ({ create }) => {
  it('is kept past its first end, and is lost to whoever came meanwhile', async () => {
    const { url, drop } = await create();
    const store = await openStore({ url });
    const { watches } = store;
    const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 12, 0, seconds));
    const claim = (seconds: number) =>
      watches.claimDue(['payments'], { now: at(seconds), until: at(seconds + 60), limit: 1 });
    const first = (await claim(0))[0]?.lease ?? '';
    expect(await watches.extend('payments', first, at(100))).toBe(true);
    expect(await claim(70)).toEqual([]);
    expect(await claim(101)).toHaveLength(1);
    expect(await watches.extend('payments', first, at(200))).toBe(false);
    await store.close();
    await drop();
  });
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
