import { describe, expect, it, onTestFinished } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import { CloudError } from '../../../src/core/failure.ts';
import type { Policy, Task } from '../../../src/core/policies/policy.ts';
import type { PolicyRun } from '../../../src/core/policies/policy-run.ts';
import { runPolicy } from '../../../src/core/policies/run-policy.ts';
import { type CoreWorld, type CoreWorldOptions, createCoreWorld, NOW, OPERATOR } from '../../support/core-world.ts';
import { databases, type TestDatabase } from '../../support/databases.ts';

const MINUTE = 60_000;

const nightly: Policy = {
  id: 'P1',
  name: 'nightly',
  enabled: true,
  disks: 2,
  schedule: { times: ['12:00'], timeZone: undefined, everyDays: 1, weekDays: undefined },
  retention: { keepLast: 7, keepDays: undefined, keepFirstOfMonth: false },
};

/** The one policy that payments has. */
interface Script {
  /** Newest first; gone with the policy. */
  tasks: readonly Task[] | undefined;
  disks?: number;
}

function played(script: Script): NonNullable<CoreWorldOptions['wrap']> {
  return (clouds) => ({
    of: (alias) => {
      if (alias !== 'payments') return clouds.of(alias);
      return {
        ...clouds.of(alias),
        policies: async () => (script.tasks === undefined ? [] : [{ ...nightly, disks: script.disks ?? 2 }]),
        executePolicy: async () => ({ value: undefined, requestId: undefined }),
        async *tasks() {
          const gone = { failure: { kind: 'not_found' }, effect: 'none' } as const;
          if (script.tasks === undefined) throw new CloudError('there is no such policy', gone);
          yield* script.tasks;
        },
      };
    },
  });
}

function aTask(id: string, at: number, status: Task['status'] = 'running'): Task {
  const createdAt = new Date(NOW.getTime() + at);
  const finishedAt = status === 'running' ? undefined : new Date(createdAt.getTime() + MINUTE);
  return { id, status, createdAt, finishedAt, backupName: undefined, diskId: id, jobId: undefined, failure: undefined };
}

describe.each(databases)('following policies under trouble on $name', (database) => {
  it('finds a disk that shows up after another one which began later', async () => {
    const script: Script = { tasks: [] };
    const world = await openWorld(database, { wrap: played(script) });
    script.tasks = [aTask('late', 1_500)];
    await pass(world, 2);
    script.tasks = [aTask('late', 1_500), aTask('early', 1_000, 'failed')];
    await pass(world, 2);
    script.tasks = [aTask('late', 1_500, 'succeeded'), aTask('early', 1_000, 'failed')];
    await pass(world, 20);
    expect((await runsOf(world.core)).map(outcome)).toEqual(['done: early failed, late succeeded']);
  });

  it('puts down the name of a backup that the cloud tells later', async () => {
    const script: Script = { tasks: [aTask('one', 1_000)] };
    const world = await openWorld(database, { wrap: played(script) });
    script.tasks = [{ ...aTask('one', 1_000), backupName: 'autobk_a61d' }];
    await pass(world, 2);
    const [run] = await runsOf(world.core);
    expect(run?.tasks.map(({ backupName }) => backupName)).toEqual(['autobk_a61d']);
  });

  it('goes on finding new tasks beside one that claims to begin in a year', async () => {
    const script: Script = { tasks: [] };
    const world = await openWorld(database, { wrap: played(script) });
    const wrong = aTask('wrong', 365 * 24 * 60 * MINUTE, 'succeeded');
    script.tasks = [wrong];
    await pass(world, 20);
    script.tasks = [wrong, aTask('right', 19 * MINUTE, 'failed')];
    await pass(world, 20);
    expect((await runsOf(world.core)).map(outcome)).toEqual(['running: wrong succeeded', 'done: right failed']);
  });

  it('tells of a scheduled run whose policy is deleted before it has ended', async () => {
    const script: Script = { tasks: [] };
    const world = await openWorld(database, { wrap: played(script) });
    script.tasks = [aTask('one', 1_000)];
    await pass(world, 2);
    script.tasks = undefined;
    await pass(world, 2);
    const [run] = await runsOf(world.core);
    expect([run?.state, run?.failure]).toEqual(['failed', { kind: 'not_found' }]);
    const place = await world.core.store.cards.placeOf('policy-run', run?.id ?? '');
    expect(place).toEqual({ kind: 'channel', id: 'APAYMENTS' });
  });

  it('ends a person’s run once the disk that it waits for was taken from the policy', async () => {
    const script: Script = { tasks: [] };
    const world = await openWorld(database, { wrap: played(script) });
    const about = { project: 'payments', policyId: 'P1', policyName: 'nightly', disks: 2 };
    await runPolicy(world.core, { ...about, by: OPERATOR, dedupeKey: 'view-1' });
    await world.work();
    script.tasks = [aTask('one', 1_000, 'succeeded')];
    await pass(world, 30);
    expect((await runsOf(world.core)).map(outcome)).toEqual(['running: one succeeded']);
    script.disks = 1;
    await pass(world, 3);
    expect((await runsOf(world.core)).map(outcome)).toEqual(['done: one succeeded']);
  });

  it.each([-30, 30])('times a person’s run by the bot’s clock where the cloud’s is %d min off', async (off) => {
    const script: Script = { tasks: [], disks: 1 };
    const world = await openWorld(database, { wrap: played(script) });
    const about = { project: 'payments', policyId: 'P1', policyName: 'nightly', disks: 1 };
    await runPolicy(world.core, { ...about, by: OPERATOR, dedupeKey: 'view-1' });
    await world.work();
    script.tasks = [aTask('one', off * MINUTE, 'succeeded')];
    await pass(world, 3);
    const [run] = await runsOf(world.core);
    expect([run?.state, run?.finishedAt]).toEqual(['done', new Date(NOW.getTime() + MINUTE)]);
  });

  it('asks again as late as the cloud wants it that limits the tasks alone', async () => {
    const world = await openWorld(database, {});
    world.simulator.setFaults({ routes: [{ route: 'tasks.list', kind: 'rate_limit', retryAfter: 600 }] });
    await pass(world, 2);
    const asked = () => world.simulator.log().filter((entry) => entry.route === 'policies.list').length;
    const before = asked();
    await pass(world, 7);
    expect(asked()).toBe(before);
    world.simulator.setFaults({ clear: true });
    await pass(world, 5);
    expect(asked()).toBeGreaterThan(before);
  });
});

async function openWorld(database: TestDatabase, options: CoreWorldOptions): Promise<CoreWorld> {
  const world = await createCoreWorld(database, options);
  onTestFinished(() => world.close());
  await world.work();
  return world;
}

async function pass(world: CoreWorld, minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 1) {
    world.clock.advance(MINUTE);
    await world.work();
  }
}

async function runsOf({ store }: Core): Promise<readonly PolicyRun[]> {
  return (await store.runs.list({ projects: ['payments'] }, { offset: 0, limit: 10 })).items;
}

function outcome({ state, tasks }: PolicyRun): string {
  return `${state}: ${tasks.map((task) => `${task.id} ${task.status}`).join(', ')}`;
}
