import { describe, expect, it } from 'vitest';
import { type Change, changeStates, workingChangeStates } from '../../src/core/changes/change.ts';
import { onEachDatabase, type Replicas } from './on-each-database.ts';
import { aChange, aVote, claimAt, noon } from './samples.ts';

onEachDatabase('the store of changes', (replicas) => {
  describe('moving', () => moving(replicas));
  describe('claiming', () => claiming(replicas));
});

function moving({ open }: Replicas): void {
  it('changes what the patch names and keeps the rest', async () => {
    const { changes } = await open();
    const change = aChange({ nextAttemptAt: noon(3), attempts: 2 });
    await changes.insert(change, 'form-1');
    const failure = { kind: 'quota', code: 'VolumeBackup.0042', message: 'full', remedy: 'raise it' } as const;
    const patch = { failure, closedBy: 'U9', calledAt: noon(6), startedAt: noon(6), attempts: 3 };
    const step = { from: ['pending', 'executing'], to: 'failed', at: noon(7) } as const;
    expect(await changes.move('C1', step, patch)).toBe(true);
    const moved: Change = { ...change, ...patch, state: 'failed', updatedAt: noon(7) };
    expect(await changes.get('C1')).toEqual(moved);
    const cleared = { failure: undefined, closedBy: undefined, calledAt: undefined, nextAttemptAt: undefined };
    await changes.move('C1', { from: ['failed'], to: 'approved', at: noon(8) }, cleared);
    expect(await changes.get('C1')).toEqual({ ...moved, ...cleared, state: 'approved', updatedAt: noon(8) });
  });

  it('changes nothing from another state, of another id, or from no state', async () => {
    const { changes } = await open();
    await changes.insert(aChange(), 'form-1');
    const to = { to: 'rejected', at: noon(9) } as const;
    expect(await changes.move('C1', { ...to, from: ['approved', 'failed'] }, { attempts: 9 })).toBe(false);
    expect(await changes.move('C2', { ...to, from: ['pending'] })).toBe(false);
    expect(await changes.move('C1', { ...to, from: [] })).toBe(false);
    expect(await changes.get('C1')).toEqual(aChange());
  });

  it('locks a change only in the state asked for', async () => {
    const store = await open();
    await store.changes.insert(aChange(), 'form-1');
    await store.changes.addVote('C1', aVote());
    const found = await store.transaction(async ({ changes }) => [
      await changes.lock('C1', 'pending'),
      await changes.lock('C1', 'approved'),
      await changes.lock('C2', 'pending'),
    ]);
    expect(found).toEqual([aChange({ votes: [aVote()] }), undefined, undefined]);
  });

  it('keeps one vote a person, and one change a form', async () => {
    const { changes } = await open();
    expect(await changes.insert(aChange(), 'form-1')).toBe(true);
    expect(await changes.insert(aChange({ id: 'C2' }), 'form-1')).toBe(false);
    expect(await changes.addVote('C1', aVote())).toBe(true);
    expect(await changes.addVote('C1', aVote({ kind: 'reject' }))).toBe(false);
    expect(await changes.byDedupeKey('form-1')).toEqual(aChange({ votes: [aVote()] }));
  });
}

function claiming({ open }: Replicas): void {
  it('takes what is due, the oldest first, and leaves the rest', async () => {
    const { changes } = await open();
    const due = [
      aChange({ id: 'C1', state: 'approved', createdAt: noon(3) }),
      aChange({ id: 'C2', state: 'running', createdAt: noon(2), nextAttemptAt: noon(10) }),
    ];
    const resting = changeStates.filter((state) => !workingChangeStates.some((working) => working === state));
    const rest = [
      aChange({ id: 'C3', state: 'unknown', createdAt: noon(1), nextAttemptAt: noon(11) }),
      ...resting.map((state) => aChange({ id: `C-${state}`, state })),
    ];
    for (const change of [...due, ...rest]) await changes.insert(change, change.id);
    expect((await changes.claimDue(claimAt(10))).map(({ item }) => item)).toEqual([due[1], due[0]]);
    expect((await changes.claimDue(claimAt(10.5))).map(({ item }) => item)).toEqual([]);
    expect((await changes.claimDue(claimAt(11, 1))).map(({ item }) => item.id)).toEqual(['C3']);
  });

  it('comes free again when the lease runs out, and the late worker changes nothing', async () => {
    const { changes } = await open();
    await changes.insert(aChange({ state: 'approved' }), 'form-1');
    const [late] = await changes.claimDue(claimAt(0));
    expect(await changes.claimDue(claimAt(0.9))).toEqual([]);
    const [next] = await changes.claimDue(claimAt(1));
    expect(next?.lease).not.toBe(late?.lease);
    const step = { from: ['approved'], to: 'executing', at: noon(2) } as const;
    expect(await changes.move('C1', { ...step, lease: late?.lease ?? '' }, { attempts: 9 })).toBe(false);
    expect(await changes.get('C1')).toEqual(aChange({ state: 'approved' }));
    expect(await changes.move('C1', { ...step, lease: next?.lease ?? '' })).toBe(true);
    expect(await changes.claimDue(claimAt(1.5))).toEqual([]);
  });

  it('is over with the move that releases', async () => {
    const { changes } = await open();
    await changes.insert(aChange({ state: 'approved' }), 'form-1');
    const [claim] = await changes.claimDue(claimAt(0));
    const step = { from: ['approved'], to: 'unknown', at: noon(), lease: claim?.lease ?? '', release: true } as const;
    expect(await changes.move('C1', step, { nextAttemptAt: noon(2) })).toBe(true);
    expect(await changes.claimDue(claimAt(1))).toEqual([]);
    expect(await changes.claimDue(claimAt(2))).toHaveLength(1);
  });

  it('finds those that nobody decided on in time', async () => {
    const { changes } = await open();
    const all = [
      aChange({ id: 'C1', expiresAt: noon(5) }),
      aChange({ id: 'C2', expiresAt: noon(4) }),
      aChange({ id: 'C3', expiresAt: noon(6) }),
      aChange({ id: 'C4', expiresAt: noon(4), state: 'approved' }),
    ];
    for (const change of all) await changes.insert(change, change.id);
    expect((await changes.lapsed(noon(5), 10)).map(({ id }) => id)).toEqual(['C2', 'C1']);
    expect((await changes.lapsed(noon(9), 2)).map(({ id }) => id)).toEqual(['C2', 'C1']);
  });
}
