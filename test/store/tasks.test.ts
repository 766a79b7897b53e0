import { expect, it } from 'vitest';
import type { TaskRow } from '../../src/core/policies/task-store.ts';
import type { Topic } from '../../src/core/stores.ts';
import { onEachDatabase } from './on-each-database.ts';
import { aRun, aTask, noon } from './samples.ts';

onEachDatabase('the store of tasks', ({ open }) => {
  it('inserts new tasks and writes those that changed, nothing else', async () => {
    const store = await open();
    const { runs, tasks } = store;
    await runs.insert(aRun(), 'P1');
    const rows = [aTask(), aTask({ id: 'T2', diskId: 'disk-2' })];
    const written: Topic[][] = [];
    store.onCommit((topics) => written.push([...topics]));
    await tasks.put(rows);
    await tasks.put(rows);
    await tasks.put([]);
    expect(written).toEqual([['tasks']]);
    const failed = aTask({ status: 'failed', failure: { kind: 'quota' }, jobId: 'J1', finishedAt: noon(5) });
    await tasks.put([failed, aTask({ id: 'T2', diskId: 'disk-2' })]);
    expect(written).toHaveLength(2);
    expect(await tasks.byIds('payments', ['T2', 'T1', 'T9'])).toEqual(expect.arrayContaining([failed, rows[1]]));
  });

  it('keeps the later state of a task that is put down twice at once', async () => {
    const { runs, tasks } = await open();
    await runs.insert(aRun(), 'P1');
    await tasks.put([aTask(), aTask({ status: 'succeeded' })]);
    expect(await tasks.byIds('payments', ['T1'])).toEqual([aTask({ status: 'succeeded' })]);
  });

  it('lets none that has ended go on, whoever was slow to put down what it was before', async () => {
    const { runs, tasks } = await open();
    await runs.insert(aRun(), 'P1');
    const ended = aTask({ status: 'failed', failure: { kind: 'reason_unread' }, finishedAt: noon(5) });
    await tasks.put([aTask({ status: 'waiting' })]);
    await tasks.put([ended]);
    await tasks.put([aTask(), aTask({ id: 'T2' })]);
    expect(await tasks.byIds('payments', ['T1', 'T2'])).toEqual(expect.arrayContaining([ended, aTask({ id: 'T2' })]));
    const read = { ...ended, failure: { kind: 'quota' } } as const;
    await tasks.put([read]);
    expect(await tasks.byIds('payments', ['T1'])).toEqual([read]);
  });

  it('keeps the tasks of projects apart', async () => {
    const { runs, tasks } = await open();
    await runs.insert(aRun(), 'P1');
    await tasks.put([aTask(), aTask({ project: 'crm', status: 'failed' })]);
    expect(await tasks.byIds('crm', ['T1'])).toEqual([aTask({ project: 'crm', status: 'failed' })]);
    expect((await tasks.list({ project: 'payments' }, { offset: 0, limit: 9 })).total).toBe(1);
  });

  it('refuses tasks of a run that it does not know', async () => {
    const { tasks } = await open();
    await expect(tasks.put([aTask({ runId: 'none' })])).rejects.toThrow(/foreign key/i);
  });

  it('knows of a policy what is not final yet, which reasons are unread, and the newest of all', async () => {
    const { runs, tasks } = await open();
    await runs.insert(aRun(), 'P1');
    expect(await tasks.known('payments', ['nightly'])).toEqual(new Map());
    const waiting = aTask({ id: 'T1', status: 'waiting', createdAt: noon(2) });
    const strange = aTask({ id: 'T2', status: 'unknown', createdAt: noon(1) });
    const newest = aTask({ id: 'T3', status: 'succeeded', createdAt: noon(3) });
    const explained = aTask({ id: 'T5', status: 'failed', failure: { kind: 'quota' } });
    const unread = aTask({ id: 'T6', status: 'failed', failure: { kind: 'reason_unread' } });
    const elsewhere = aTask({ ...unread, id: 'T4', policyId: 'weekly', createdAt: noon(9) });
    await tasks.put([newest, waiting, strange, explained, unread, elsewhere]);
    const known = { open: [strange, waiting], unread: [unread], newest: { id: 'T3', createdAt: noon(3) } };
    expect(await tasks.known('payments', ['nightly', 'monthly'])).toEqual(new Map([['nightly', known]]));
    expect([...(await tasks.known('payments', ['weekly', 'nightly'])).keys()].toSorted()).toEqual([
      'nightly',
      'weekly',
    ]);
    expect(await tasks.known('payments', [])).toEqual(new Map());
    await tasks.put([{ ...unread, failure: { kind: 'quota' } }]);
    expect((await tasks.known('payments', ['nightly'])).get('nightly')?.unread).toEqual([]);
  });

  it('knows the newest success of each disk', async () => {
    const { runs, tasks } = await open();
    await runs.insert(aRun(), 'P1');
    await tasks.put([
      aTask({ id: 'T1', status: 'succeeded', createdAt: noon(1) }),
      aTask({ id: 'T2', status: 'succeeded', createdAt: noon(2) }),
      aTask({ id: 'T3', status: 'failed', createdAt: noon(3) }),
      aTask({ id: 'T4', status: 'failed', diskId: 'disk-2' }),
      aTask({ id: 'T5', status: 'succeeded', diskId: 'disk-3' }),
    ]);
    expect(await tasks.lastGood('payments', ['disk-1', 'disk-2'])).toEqual(new Map([['disk-1', noon(2)]]));
    expect(await tasks.lastGood('payments', [])).toEqual(new Map());
  });

  it('lists failures first, then those going on, then the newest; page by page past a thousand', async () => {
    const { runs, tasks } = await open();
    await runs.insert(aRun(), 'P1');
    const statuses = ['succeeded', 'failed', 'running', 'skipped', 'waiting', 'timed_out'] as const;
    const rows = Array.from({ length: 1_206 }, (_, index): TaskRow => {
      const status = statuses[index % 6] ?? 'unknown';
      return aTask({ id: `T${String(index).padStart(4, '0')}`, status, createdAt: noon(index) });
    });
    await tasks.put(rows);
    const bad = ['failed', 'skipped', 'timed_out'];
    const rank = ({ status }: TaskRow) => (bad.includes(status) ? 0 : status === 'succeeded' ? 2 : 1);
    const wanted = rows.toSorted((a, b) => rank(a) - rank(b) || b.createdAt.getTime() - a.createdAt.getTime());
    const seen: TaskRow[] = [];
    for (let offset = 0; offset < 1_300; offset += 100) {
      const page = await tasks.list({ project: 'payments' }, { offset, limit: 100 });
      expect(page.total).toBe(1_206);
      seen.push(...page.items);
    }
    expect(seen).toEqual(wanted);
  });

  it('finds more than a thousand tasks by their ids at once', async () => {
    const { runs, tasks } = await open();
    await runs.insert(aRun(), 'P1');
    const rows = Array.from({ length: 1_100 }, (_, index) => aTask({ id: `T${index}` }));
    await tasks.put(rows);
    const found = await tasks.byIds(
      'payments',
      rows.map(({ id }) => id),
    );
    expect(found).toHaveLength(1_100);
  });
});
