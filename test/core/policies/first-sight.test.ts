import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CoreWorld, createCoreWorld, NOW } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

const HOUR = 60 * 60_000;
const midnight = new Date(NOW).setUTCHours(0, 0, 0, 0);
const times = Array.from({ length: 24 }, (_, at) => new Date(midnight + at * HOUR + 5_000));

describe.each(databases.slice(0, 1))('a bot that sees the demo’s cloud for the first time, on $name', (database) => {
  it.each(times)('tells of last night’s failed run and of nothing else: at %s', async (start) => {
    const world = await createCoreWorld(database, { start });
    await world.work();
    const { items } = await world.core.store.runs.list({}, { offset: 0, limit: 1_000 });
    const told: string[] = [];
    for (const run of items) {
      if (await world.core.store.cards.placeOf('policy-run', run.id)) told.push(`${run.project} ${run.policyName}`);
    }
    await world.close();
    expect(told).toEqual(['payments nightly']);
  });
});

describe.each(databases)('a policy that has failed every hour since yesterday, on $name', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database);
    const lastHour = new Date(NOW).setUTCMinutes(0, 0, 0);
    const error = { code: 'VolumeBackup.0013', reason: 'busy' };
    world.simulator.plant({
      disks: [{ name: 'flaky-1', project: 'payments', size: 10 }],
      policies: [
        {
          name: 'flaky',
          project: 'payments',
          startTimes: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
          frequency: 1,
          retentionNum: 2,
          disks: ['flaky-1'],
        },
      ],
      tasks: Array.from({ length: 30 }, (_, age) => {
        const createdAt = new Date(lastHour - age * HOUR);
        const finishedAt = new Date(createdAt.getTime() + 60_000);
        return { policy: 'flaky', disk: 'flaky-1', status: 'EXECUTE_FAIL' as const, createdAt, finishedAt, error };
      }),
    });
  });
  afterEach(() => world.close());

  const told = async () => {
    const { items } = await world.core.store.runs.list({ projects: ['payments'] }, { offset: 0, limit: 1_000 });
    const runs = items.filter((run) => run.policyName === 'flaky');
    const cards = await Promise.all(runs.map((run) => world.core.store.cards.placeOf('policy-run', run.id)));
    return { runs: runs.length, told: runs.filter((_, at) => cards[at]).map((run) => run.startedAt.toISOString()) };
  };

  it('is told of once, by its last run', async () => {
    await world.work();
    expect(await told()).toEqual({ runs: 30, told: ['2026-11-20T12:00:00.000Z'] });
  });

  it('is told of once also where its tasks can only be read later', async () => {
    world.simulator.setFaults({ routes: [{ route: 'tasks.list', kind: 'status', status: 503 }] });
    await world.work();
    expect(await told()).toEqual({ runs: 0, told: [] });
    world.simulator.setFaults({ clear: true });
    world.clock.advance(2 * 60_000);
    await world.work();
    expect(await told()).toEqual({ runs: 30, told: ['2026-11-20T12:00:00.000Z'] });
  });

  it('is told of once also where the reasons can only be read later', async () => {
    world.simulator.setFaults({ routes: [{ route: 'jobs.get', kind: 'status', status: 503 }] });
    await world.work();
    world.simulator.setFaults({ clear: true });
    world.clock.advance(2 * 60_000);
    await world.work();
    const { items } = await world.core.store.tasks.list({ project: 'payments' }, { offset: 0, limit: 100 });
    expect(items.filter((task) => task.failure?.kind === 'reason_unread')).toEqual([]);
    expect(await told()).toEqual({ runs: 30, told: ['2026-11-20T12:00:00.000Z'] });
  });
});
