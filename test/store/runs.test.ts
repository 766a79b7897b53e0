import { describe, expect, it } from 'vitest';
import type { PolicyRun, RunTask } from '../../src/core/policies/policy-run.ts';
import { runStates } from '../../src/core/policies/policy-run.ts';
import type { RunFilter } from '../../src/core/policies/run-store.ts';
import type { TaskRow } from '../../src/core/policies/task-store.ts';
import { onEachDatabase, type Replicas } from './on-each-database.ts';
import { aRun, aTask, claimAt, noon } from './samples.ts';

const ALL = { offset: 0, limit: 100 };

onEachDatabase('the store of policy runs', (replicas) => {
  describe('keeping', () => keeping(replicas));
  describe('one run at a time', () => onlyOne(replicas));
  describe('claiming', () => claiming(replicas));
  describe('listing', () => listing(replicas));
});

/** A task as its run has it. */
function inRun(row: TaskRow): RunTask {
  const { id, status, createdAt, finishedAt, backupName, diskId, jobId, failure } = row;
  return { id, status, createdAt, finishedAt, backupName, diskId, jobId, failure };
}

function keeping({ open }: Replicas): void {
  it('gives back a run with its tasks, oldest first', async () => {
    const { runs, tasks } = await open();
    const failure = { kind: 'refused', code: 'VolumeBackup.0001', requestId: 'req-9' } as const;
    const known = { nextRunAt: noon(10), diskSizes: new Map([['disk-2', 100]]) };
    const run = aRun({ failure, calledAt: noon(1), nextCheckAt: noon(2), attempts: 3, finishedAt: noon(9), ...known });
    expect(await runs.insert(run, 'form-1')).toBe(true);
    const late = aTask({ id: 'T2', createdAt: noon(2), diskId: 'disk-2', status: 'failed', failure, jobId: 'J1' });
    const early = aTask({ id: 'T9', finishedAt: noon(3), backupName: 'autobk', status: 'succeeded' });
    await tasks.put([late, early]);
    const whole = { ...run, tasks: [inRun(early), inRun(late)] };
    expect(await runs.get('P1')).toEqual(whole);
    expect(await runs.byDedupeKey('form-1')).toEqual(whole);
    expect(await runs.newestOf('payments', 'nightly', 5)).toEqual([whole]);
  });

  it('gives back what is not known as not known', async () => {
    const { runs } = await open();
    const run = aRun({ origin: 'schedule', startedBy: undefined, after: undefined });
    await runs.insert(run, 'P1');
    expect(await runs.get('P1')).toEqual(run);
    expect([await runs.get('P2'), await runs.byDedupeKey('none')]).toEqual([undefined, undefined]);
  });

  it('changes what the patch names and keeps the rest, from the right state and under the lease alone', async () => {
    const { runs } = await open();
    const run = aRun({ nextCheckAt: noon(), failure: { kind: 'quota' } });
    await runs.insert(run, 'P1');
    const [claim] = await runs.claimDue(claimAt());
    const lease = claim?.lease ?? '';
    const patch = {
      after: { taskId: 'T5', createdAt: noon(4) },
      calledAt: noon(5),
      startedAt: noon(6),
      attempts: 1,
      disks: 4,
      nextRunAt: noon(7),
      diskSizes: new Map([['disk-1', 40]]),
    };
    expect(await runs.move('P1', { from: ['requested'], to: 'starting', lease: 'other' }, patch)).toBe(false);
    expect(await runs.move('P1', { from: ['starting', 'running'], to: 'done', lease }, patch)).toBe(false);
    expect(await runs.get('P1')).toEqual(run);
    expect(await runs.move('P1', { from: ['requested'], to: 'starting', lease }, patch)).toBe(true);
    expect(await runs.get('P1')).toEqual({ ...run, ...patch, state: 'starting' });
    const cleared = {
      after: undefined,
      calledAt: undefined,
      failure: undefined,
      nextCheckAt: undefined,
      nextRunAt: undefined,
    };
    await runs.move('P1', { from: ['starting'], to: 'done' }, { ...cleared, finishedAt: noon(8) });
    expect(await runs.get('P1')).toEqual({ ...run, ...patch, ...cleared, state: 'done', finishedAt: noon(8) });
  });
}

function onlyOne({ open }: Replicas): void {
  it('of a policy by a person goes on at a time', async () => {
    const { runs } = await open();
    expect(await runs.activeOf('payments', 'nightly')).toBeUndefined();
    await runs.insert(aRun(), 'form-1');
    expect(await runs.insert(aRun({ id: 'P2' }), 'form-2')).toBe(false);
    expect(await runs.activeOf('payments', 'nightly')).toEqual(aRun());
    expect(await runs.insert(aRun({ id: 'P3', policyId: 'weekly' }), 'form-3')).toBe(true);
    expect(await runs.insert(aRun({ id: 'P4', project: 'crm' }), 'form-4')).toBe(true);
    expect(await runs.insert(aRun({ id: 'P5', origin: 'schedule', state: 'running' }), 'form-5')).toBe(true);
    await runs.move('P1', { from: ['requested'], to: 'overdue' });
    expect(await runs.activeOf('payments', 'nightly')).toBeUndefined();
    expect(await runs.insert(aRun({ id: 'P6' }), 'form-6')).toBe(true);
  });

  it('comes of a form that is sent twice', async () => {
    const { runs } = await open();
    await runs.insert(aRun({ state: 'done' }), 'form-1');
    expect(await runs.insert(aRun({ id: 'P2' }), 'form-1')).toBe(false);
    expect(await runs.get('P2')).toBeUndefined();
  });
}

function claiming({ open }: Replicas): void {
  it('takes the active ones that are due, with their tasks', async () => {
    const { runs, tasks } = await open();
    for (const [index, state] of runStates.entries()) {
      await runs.insert(aRun({ id: state, state, origin: 'schedule', startedAt: noon(index) }), state);
    }
    await runs.insert(aRun({ id: 'later', nextCheckAt: noon(1) }), 'later');
    await tasks.put([aTask({ runId: 'running' })]);
    const claimed = await runs.claimDue(claimAt(0));
    expect(claimed.map(({ item }) => item.id)).toEqual(['requested', 'starting', 'unknown', 'running']);
    expect(claimed.find(({ item }) => item.id === 'running')?.item.tasks).toEqual([inRun(aTask())]);
    expect(await runs.claimDue(claimAt(0.5))).toEqual([]);
  });

  it('gives a run back to be looked at later', async () => {
    const { runs } = await open();
    await runs.insert(aRun(), 'P1');
    const [claim] = await runs.claimDue(claimAt(0));
    expect(await runs.release('P1', 'other', noon(5))).toBe(false);
    expect(await runs.release('P1', claim?.lease ?? '', noon(5))).toBe(true);
    expect(await runs.claimDue(claimAt(4))).toEqual([]);
    const [again] = await runs.claimDue(claimAt(5));
    const step = { from: ['requested'], to: 'running', lease: again?.lease ?? '', release: true } as const;
    expect(await runs.move('P1', step, { nextCheckAt: noon(5) })).toBe(true);
    expect(await runs.claimDue(claimAt(5))).toHaveLength(1);
  });
}

function listing({ open }: Replicas): void {
  it('filters, newest first', async () => {
    const { runs, tasks } = await open();
    const some: Partial<PolicyRun>[] = [
      { id: 'P1', startedAt: noon(1), state: 'done' },
      { id: 'P2', startedAt: noon(2), state: 'failed', startedBy: 'U2' },
      { id: 'P3', startedAt: noon(3), state: 'done', project: 'crm' },
      { id: 'P4', startedAt: noon(3), origin: 'schedule', state: 'running', startedBy: undefined },
    ];
    for (const one of some) await runs.insert(aRun(one), one.id ?? '');
    await tasks.put([
      aTask({ id: 'T1', runId: 'P1', status: 'timed_out' }),
      aTask({ id: 'T2', runId: 'P1', status: 'skipped' }),
      aTask({ id: 'T3', runId: 'P3', project: 'crm', status: 'succeeded' }),
      aTask({ id: 'T4', runId: 'P4', status: 'running' }),
    ]);
    const ids = async (filter: RunFilter) => (await runs.list(filter, ALL)).items.map(({ id }) => id);
    expect(await ids({})).toEqual(['P4', 'P3', 'P2', 'P1']);
    expect(await ids({ failing: true })).toEqual(['P2', 'P1']);
    expect(await ids({ startedBy: 'U2' })).toEqual(['P2']);
    expect(await ids({ states: ['done', 'running'], projects: ['payments'] })).toEqual(['P4', 'P1']);
    expect(await ids({ since: noon(2), failing: true })).toEqual(['P2']);
    expect(await ids({ states: [] })).toEqual([]);
    expect((await runs.newestOf('payments', 'nightly', 2)).map(({ id }) => id)).toEqual(['P4', 'P2']);
  });

  it('pages through more than a thousand', async () => {
    const store = await open();
    await store.transaction(async ({ runs }) => {
      for (let run = 0; run < 1_050; run += 1) {
        const id = `P${String(run).padStart(5, '0')}`;
        await runs.insert(aRun({ id, state: 'done', startedAt: noon(Math.floor(run / 50)) }), id);
      }
    });
    const page = await store.runs.list({ projects: ['payments'] }, { offset: 1_045, limit: 10 });
    expect([page.total, page.items.map(({ id }) => id)]).toEqual([
      1_050,
      ['P00004', 'P00003', 'P00002', 'P00001', 'P00000'],
    ]);
  });
}
