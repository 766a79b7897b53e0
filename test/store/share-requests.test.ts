import { describe, expect, it } from 'vitest';
import type { ShareRequest } from '../../src/core/sharing/share-request.ts';
import { onEachDatabase, type Replicas } from './on-each-database.ts';
import { aRequest, aVote, claimAt, noon } from './samples.ts';

onEachDatabase('the store of share requests', (replicas) => {
  describe('keeping', () => keeping(replicas));
  describe('moving', () => moving(replicas));
  describe('claiming', () => claiming(replicas));
  describe('listing', () => listing(replicas));
});

function keeping({ open }: Replicas): void {
  it('gives back a request as it was filed, with targets in their order', async () => {
    const { shareRequests } = await open();
    const request = aRequest({ votes: [aVote(), aVote({ user: 'U2', kind: 'reject', reason: 'no', at: noon(2) })] });
    expect(await shareRequests.insert(request, 'form-1')).toBe(true);
    expect(await shareRequests.get('R1')).toEqual(request);
    expect(await shareRequests.byDedupeKey('form-1')).toEqual(request);
  });

  it('gives back what is not known as not known', async () => {
    const { shareRequests } = await open();
    const request = aRequest({
      backup: { name: undefined, diskId: undefined, sizeGib: undefined, takenAt: undefined },
      endsAt: undefined,
      targets: [],
    });
    await shareRequests.insert(request, 'form-1');
    expect(await shareRequests.get('R1')).toEqual(request);
    expect(await shareRequests.get('R2')).toBeUndefined();
    expect(await shareRequests.byDedupeKey('form-2')).toBeUndefined();
  });

  it('files a form that is sent twice once', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest(), 'form-1');
    expect(await shareRequests.insert(aRequest({ id: 'R2' }), 'form-1')).toBe(false);
    expect(await shareRequests.get('R2')).toBeUndefined();
  });

  it('counts one vote a person', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest(), 'form-1');
    expect(await shareRequests.addVote('R1', aVote())).toBe(true);
    expect(await shareRequests.addVote('R1', aVote({ kind: 'reject', at: noon(5) }))).toBe(false);
    expect((await shareRequests.get('R1'))?.votes).toEqual([aVote()]);
  });

  it('settles each target by itself', async () => {
    const { shareRequests } = await open();
    const [first, second] = aRequest().targets;
    await shareRequests.insert(aRequest(), 'form-1');
    await shareRequests.settleTarget('R1', 'b'.repeat(32), { sharingId: 'S1' });
    await shareRequests.settleTarget('R1', 'a'.repeat(32), 'failed');
    expect((await shareRequests.get('R1'))?.targets).toEqual([
      { ...first, state: 'shared', sharingId: 'S1' },
      { ...second, state: 'failed' },
    ]);
    await shareRequests.settleTarget('R1', 'b'.repeat(32), 'waiting');
    expect((await shareRequests.get('R1'))?.targets[0]).toEqual(first);
  });
}

function moving({ open }: Replicas): void {
  it('changes what the patch names and keeps the rest', async () => {
    const { shareRequests } = await open();
    const request = aRequest({ backup: undefined, nextAttemptAt: noon(3), attempts: 2 });
    await shareRequests.insert(request, 'form-1');
    const failure = { kind: 'quota', code: 'VolumeBackup.0042', message: 'full', remedy: 'raise it' } as const;
    const backup = { name: 'b', diskId: undefined, sizeGib: 1, takenAt: undefined };
    const step = { from: ['pending', 'approved'], to: 'failed', at: noon(7) } as const;
    const patch = { backup, closedBy: 'U9', failure, calledAt: noon(6), attempts: 3 };
    expect(await shareRequests.move('R1', step, patch)).toBe(true);
    const moved: ShareRequest = { ...request, ...patch, state: 'failed', updatedAt: noon(7) };
    expect(await shareRequests.get('R1')).toEqual(moved);
    const cleared = { closedBy: undefined, failure: undefined, calledAt: undefined, nextAttemptAt: undefined };
    await shareRequests.move('R1', { from: ['failed'], to: 'approved', at: noon(8) }, cleared);
    expect(await shareRequests.get('R1')).toEqual({ ...moved, ...cleared, state: 'approved', updatedAt: noon(8) });
  });

  it('changes nothing from another state, of another id, or from no state', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest(), 'form-1');
    const to = { to: 'rejected', at: noon(9) } as const;
    expect(await shareRequests.move('R1', { ...to, from: ['approved', 'failed'] }, { attempts: 9 })).toBe(false);
    expect(await shareRequests.move('R2', { ...to, from: ['pending'] })).toBe(false);
    expect(await shareRequests.move('R1', { ...to, from: [] })).toBe(false);
    expect(await shareRequests.get('R1')).toEqual(aRequest());
  });

  it('locks a request only in the state asked for', async () => {
    const store = await open();
    await store.shareRequests.insert(aRequest({ votes: [aVote()] }), 'form-1');
    const found = await store.transaction(async ({ shareRequests }) => [
      await shareRequests.lock('R1', 'pending'),
      await shareRequests.lock('R1', 'approved'),
      await shareRequests.lock('R2', 'pending'),
    ]);
    expect(found).toEqual([aRequest({ votes: [aVote()] }), undefined, undefined]);
  });
}

function claiming({ open }: Replicas): void {
  it('takes what is due, the oldest first, and leaves the rest', async () => {
    const { shareRequests } = await open();
    const requests = [
      aRequest({ id: 'R1', state: 'approved', createdAt: noon(3) }),
      aRequest({ id: 'R2', state: 'executing', nextAttemptAt: noon(10), createdAt: noon(2) }),
      aRequest({ id: 'R3', state: 'unknown', nextAttemptAt: noon(11), createdAt: noon(1) }),
      aRequest({ id: 'R4', state: 'pending', backup: undefined, createdAt: noon(1) }),
      aRequest({ id: 'R5', state: 'pending', backup: undefined, nextAttemptAt: noon(11) }),
      aRequest({ id: 'R6', state: 'pending' }),
      ...(['shared', 'failed', 'rejected', 'withdrawn', 'expired'] as const).map((state, index) =>
        aRequest({ id: `R${index + 10}`, state, backup: undefined }),
      ),
    ];
    for (const request of requests) await shareRequests.insert(request, request.id);
    const claimed = await shareRequests.claimDue(claimAt(10));
    expect(claimed.map(({ item }) => item)).toEqual([requests[3], requests[1], requests[0]]);
    expect((await shareRequests.claimDue(claimAt(11))).map(({ item }) => item.id)).toContain('R3');
  });

  it('takes at most as many as asked for', async () => {
    const { shareRequests } = await open();
    for (const id of ['R1', 'R2', 'R3']) await shareRequests.insert(aRequest({ id, state: 'approved' }), id);
    expect((await shareRequests.claimDue(claimAt(0, 2))).map(({ item }) => item.id)).toEqual(['R1', 'R2']);
    expect((await shareRequests.claimDue(claimAt(0, 2))).map(({ item }) => item.id)).toEqual(['R3']);
  });

  it('comes free again when the lease runs out, and the late worker changes nothing', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest({ state: 'approved' }), 'form-1');
    const [late] = await shareRequests.claimDue(claimAt(0));
    expect(await shareRequests.claimDue(claimAt(0.9))).toEqual([]);
    const [next] = await shareRequests.claimDue(claimAt(1));
    expect(next?.lease).not.toBe(late?.lease);
    const step = { from: ['approved'], to: 'executing', at: noon(2) } as const;
    expect(await shareRequests.move('R1', { ...step, lease: late?.lease ?? '' })).toBe(false);
    expect(await shareRequests.release('R1', late?.lease ?? '', noon(9))).toBe(false);
    expect(await shareRequests.move('R1', { ...step, lease: next?.lease ?? '' })).toBe(true);
    expect(await shareRequests.claimDue(claimAt(1.5))).toEqual([]);
  });

  it('is over with the move that releases, or by giving the row back', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest({ state: 'approved' }), 'form-1');
    const [first] = await shareRequests.claimDue(claimAt(0));
    const step = { from: ['approved'], to: 'unknown', at: noon(), lease: first?.lease ?? '', release: true } as const;
    expect(await shareRequests.move('R1', step)).toBe(true);
    const [second] = await shareRequests.claimDue(claimAt(0));
    expect(await shareRequests.release('R1', second?.lease ?? '', noon(2))).toBe(true);
    expect(await shareRequests.claimDue(claimAt(1))).toEqual([]);
    expect(await shareRequests.claimDue(claimAt(2))).toHaveLength(1);
  });

  it('does not hold up a decision: an approved request is free at once for the worker that carries it out', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest({ backup: undefined }), 'form-1');
    const [reading] = await shareRequests.claimDue(claimAt(0));
    await shareRequests.move('R1', { from: ['pending'], to: 'approved', at: noon() });
    const [executing] = await shareRequests.claimDue(claimAt(0));
    expect(executing?.item.state).toBe('approved');
    expect(await shareRequests.release('R1', reading?.lease ?? '', undefined)).toBe(false);
  });

  it('finds pending requests whose time has passed', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest({ id: 'R1', expiresAt: noon(5) }), 'R1');
    await shareRequests.insert(aRequest({ id: 'R2', expiresAt: noon(4) }), 'R2');
    await shareRequests.insert(aRequest({ id: 'R3', expiresAt: noon(6) }), 'R3');
    await shareRequests.insert(aRequest({ id: 'R4', expiresAt: noon(4), state: 'approved' }), 'R4');
    expect((await shareRequests.lapsed(noon(5), 10)).map(({ id }) => id)).toEqual(['R2', 'R1']);
    expect((await shareRequests.lapsed(noon(9), 2)).map(({ id }) => id)).toEqual(['R2', 'R1']);
  });
}

function listing({ open }: Replicas): void {
  it('names what other open requests ask for of the same backup of the same project', async () => {
    const { shareRequests } = await open();
    const to = (letter: string) => ({
      targets: [{ projectId: letter.repeat(32), alias: undefined, state: 'waiting', sharingId: undefined } as const],
    });
    const requests = [
      aRequest({ id: 'R1', ...to('1') }),
      aRequest({ id: 'R2', ...to('2') }),
      aRequest({ id: 'R3', ...to('3'), state: 'unknown' }),
      aRequest({ id: 'R4', ...to('4'), state: 'shared' }),
      aRequest({ id: 'R5', ...to('5'), project: 'crm' }),
      aRequest({ id: 'R6', ...to('6'), backupId: '8332443e-0000-4000-8000-000000000002' }),
    ];
    for (const request of requests) await shareRequests.insert(request, request.id);
    const asked = await shareRequests.askedTargets({ project: 'payments', backupId: aRequest().backupId }, 'R1');
    expect(asked.toSorted()).toEqual(['2'.repeat(32), '3'.repeat(32)]);
  });

  it('filters, newest first', async () => {
    const { shareRequests } = await open();
    await shareRequests.insert(aRequest({ id: 'R1', createdAt: noon(1) }), 'R1');
    await shareRequests.insert(aRequest({ id: 'R2', createdAt: noon(2), state: 'shared', requester: 'U2' }), 'R2');
    await shareRequests.insert(aRequest({ id: 'R3', createdAt: noon(2), project: 'crm', requester: 'U2' }), 'R3');
    await shareRequests.addVote('R1', aVote({ user: 'U3' }));
    const all = { offset: 0, limit: 10 };
    const ids = async (filter: Parameters<typeof shareRequests.list>[0]) =>
      (await shareRequests.list(filter, all)).items.map(({ id }) => id);
    expect(await ids({})).toEqual(['R3', 'R2', 'R1']);
    expect(await ids({ requester: 'U2' })).toEqual(['R3', 'R2']);
    expect(await ids({ states: ['pending'], projects: ['payments', 'crm'] })).toEqual(['R3', 'R1']);
    expect(await ids({ states: ['pending'], awaiting: 'U2' })).toEqual(['R1']);
    expect(await ids({ states: ['pending'], awaiting: 'U3' })).toEqual(['R3']);
    expect(await shareRequests.list({ states: [] }, all)).toEqual({ total: 0, items: [] });
    expect(await shareRequests.list({ projects: [] }, all)).toEqual({ total: 0, items: [] });
  });

  it('pages through more than a thousand without losing or repeating one', async () => {
    const store = await open();
    const wanted = Array.from({ length: 1_205 }, (_, index) => `R${String(index).padStart(5, '0')}`);
    await store.transaction(async ({ shareRequests }) => {
      // Many were filed in the same millisecond.
      for (const [index, id] of wanted.entries()) {
        await shareRequests.insert(aRequest({ id, createdAt: noon(Math.floor(index / 100)) }), id);
      }
    });
    const seen: string[] = [];
    for (let offset = 0; ; offset += 100) {
      const page = await store.shareRequests.list({ projects: ['payments'] }, { offset, limit: 100 });
      expect(page.total).toBe(1_205);
      seen.push(...page.items.map(({ id }) => id));
      if (page.items.length < 100) break;
    }
    expect(seen).toEqual(wanted.toReversed());
    const whole = await store.shareRequests.list({}, { offset: 0, limit: 2_000 });
    expect(whole.items.every((request) => request.targets.length === 2)).toBe(true);
    expect(await store.shareRequests.list({}, { offset: 5_000, limit: 10 })).toEqual({ total: 1_205, items: [] });
  });
}
