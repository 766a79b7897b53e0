import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readChangedTasks } from '../../../src/core/policies/read-tasks.ts';
import type { TaskRow } from '../../../src/core/policies/task-store.ts';
import { rawSql } from '../../store/raw-sql.ts';
import { type CoreWorld, createCoreWorld } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Of one read, while the cloud fails. */
const TRIES = 4;
const versions = z.array(z.object({ wanted: z.number() }));

describe.each(databases)('the reason of a failed backup, on $name', (database) => {
  let world: CoreWorld;
  let known: ReadonlySet<string>;

  beforeEach(async () => {
    world = await createCoreWorld(database);
    await world.work();
    known = new Set((await scheduled()).map((run) => run.id));
    const ledger = [...world.simulator.world.disks.all()].find((one) => one.name === 'payments-ledger');
    world.simulator.setFaults({ failNextBackup: { diskId: ledger?.id, code: 'VolumeBackup.0013', reason: 'busy' } });
  });
  afterEach(() => world.close());

  const scheduled = async () =>
    (await world.core.store.runs.list({ projects: ['payments'] }, { offset: 0, limit: 100 })).items;
  const jobsDown = () => world.simulator.setFaults({ routes: [{ route: 'jobs.get', kind: 'status', status: 503 }] });
  const jobsAsked = () => world.simulator.log().filter((entry) => entry.route === 'jobs.get').length;

  /** The hour strikes, and the backup of the ledger fails. */
  async function failed() {
    world.clock.advance(41 * MINUTE);
    await pass(4);
    return theRun();
  }
  async function pass(minutes: number): Promise<void> {
    for (let left = minutes; left > 0; left -= 1) {
      world.clock.advance(MINUTE);
      await world.work();
    }
  }
  async function theRun() {
    const [run] = (await scheduled()).filter((one) => one.policyName === 'ledger-hourly' && !known.has(one.id));
    if (!run) throw new Error('the run is not known');
    const cards = await rawSql(world.databaseUrl, `select wanted from cards where entity_id = '${run.id}'`);
    const failures = run.tasks.map((task) => task.failure?.code ?? task.failure?.kind);
    return { state: run.state, failures, version: versions.parse(cards)[0]?.wanted ?? 0 };
  }

  it('does not hold back the news of it, and follows once the job can be read', async () => {
    jobsDown();
    const first = await failed();
    expect(first).toEqual({ state: 'done', failures: ['reason_unread'], version: expect.any(Number) });
    expect(first.version).toBeGreaterThan(0);
    await pass(2);
    expect(await theRun()).toEqual(first);
    world.simulator.setFaults({ clear: true });
    await pass(2);
    const told = await theRun();
    expect(told.failures).toEqual(['VolumeBackup.0013']);
    expect(told.version).toBeGreaterThan(first.version);
    const before = jobsAsked();
    await pass(3);
    expect(jobsAsked()).toBe(before);
  });

  it('is asked of one job where it cannot be read now, and of none after days', async () => {
    const policy = (await world.core.clouds.of('payments').policies()).find((one) => one.name === 'ledger-hourly');
    const [run] = (await scheduled()).filter((one) => one.policyId === policy?.id);
    const [sample] = run?.tasks ?? [];
    if (!policy || !run || !sample) throw new Error('the seed has no runs of ledger-hourly');
    const now = world.clock.now().getTime();
    const unread = (id: string, ageMs: number): TaskRow => ({
      ...sample,
      id,
      project: 'payments',
      policyId: policy.id,
      policyName: policy.name,
      runId: run.id,
      status: 'failed',
      jobId: `job-of-${id}`,
      createdAt: new Date(now - ageMs),
      failure: { kind: 'reason_unread' },
    });
    await world.core.store.tasks.put([unread('T1', MINUTE), unread('T2', 2 * MINUTE), unread('T3', 4 * DAY)]);
    jobsDown();
    const before = jobsAsked();
    const of = { project: 'payments', policyId: policy.id };
    const told = await readChangedTasks(world.core, of, new AbortController().signal);
    expect(told.map((task) => [task.id, task.failure?.kind])).toEqual([['T3', 'no_reason_given']]);
    expect(jobsAsked() - before).toBe(TRIES);
  });
});
