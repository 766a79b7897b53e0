import { expect, it } from 'vitest';
import type { SharingStore } from '../../src/core/sharing/sharing-store.ts';
import { onEachDatabase } from './on-each-database.ts';
import { aSharing, claimAt, noon } from './samples.ts';

onEachDatabase('the register of sharings', ({ open }) => {
  async function stopping(sharings: SharingStore, by: string | undefined = 'U1') {
    await sharings.insert(aSharing({ stopAt: noon(1) }));
    await sharings.orderStop('S1', { by, at: noon(2) });
    const [claim] = await sharings.claimDue(claimAt(2));
    return claim?.lease ?? '';
  }

  it('keeps a sharing once', async () => {
    const { sharings } = await open();
    const sharing = aSharing({ backupName: undefined, requestId: undefined, stopAt: noon(9) });
    expect(await sharings.insert(sharing)).toBe(true);
    expect(await sharings.insert(aSharing({ project: 'crm' }))).toBe(false);
    expect([await sharings.get('S1'), await sharings.get('S2')]).toEqual([sharing, undefined]);
  });

  it('finds those of a request, and those of a backup that are not stopped', async () => {
    const { sharings } = await open();
    const [first, second, third] = [
      aSharing(),
      aSharing({ id: 'S2', createdAt: noon(-1), state: 'stopping' }),
      aSharing({ id: 'S3', state: 'stopped', stoppedAt: noon(3) }),
    ];
    for (const sharing of [first, second, third]) await sharings.insert(sharing);
    await sharings.insert(aSharing({ id: 'S4', requestId: 'R2', backupId: 'B2' }));
    await sharings.insert(aSharing({ id: 'S5', requestId: undefined, project: 'crm' }));
    expect(await sharings.ofRequest('R1')).toEqual([second, first, third]);
    expect(await sharings.ofBackup('payments', 'B1')).toEqual([second, first]);
  });

  it('finds those of a backup that belong to no request and were ordered to stop, younger than a moment', async () => {
    const { sharings } = await open();
    const free = { requestId: undefined, createdAt: noon(2) };
    const [going, gone] = [
      aSharing({ ...free, id: 'S1', state: 'stopping', stoppedBy: 'U1' }),
      aSharing({ ...free, id: 'S2', state: 'stopped', stoppedBy: 'U1', stoppedAt: noon(3) }),
    ];
    const others = [
      aSharing({ ...free, id: 'S3' }),
      aSharing({ ...gone, id: 'S4', requestId: 'R1' }),
      aSharing({ ...gone, id: 'S5', backupId: 'B2' }),
      aSharing({ ...gone, id: 'S6', project: 'crm' }),
      aSharing({ ...gone, id: 'S7', createdAt: noon(1) }),
    ];
    for (const sharing of [going, gone, ...others]) await sharings.insert(sharing);
    const found = await sharings.orderedToStop({ project: 'payments', backupId: 'B1', since: noon(2) });
    expect(found).toEqual([going, gone]);
  });

  it('orders a stop once, and leases it to one worker', async () => {
    const { sharings } = await open();
    await sharings.insert(aSharing({ failure: { kind: 'quota' }, attempts: 4 }));
    expect(await sharings.orderStop('S1', { by: 'U1', at: noon(2) })).toBe(true);
    expect(await sharings.orderStop('S1', { by: 'U2', at: noon(3) })).toBe(false);
    const ordered = aSharing({ state: 'stopping', stoppedBy: 'U1' });
    expect((await sharings.claimDue(claimAt(2))).map(({ item }) => item)).toEqual([ordered]);
    expect(await sharings.claimDue(claimAt(2))).toEqual([]);
    expect(await sharings.claimDue(claimAt(3))).toHaveLength(1);
  });

  it('is stopped under the lease alone', async () => {
    const { sharings } = await open();
    const lease = await stopping(sharings);
    expect(await sharings.stopped('S1', 'other', noon(3))).toBe(false);
    expect(await sharings.stopped('S1', lease, noon(3))).toBe(true);
    expect(await sharings.get('S1')).toEqual(
      aSharing({ state: 'stopped', stopAt: noon(1), stoppedBy: 'U1', stoppedAt: noon(3) }),
    );
    expect(await sharings.orderStop('S1', { by: 'U1', at: noon(4) })).toBe(false);
  });

  it('tries again later what could not be stopped now', async () => {
    const { sharings } = await open();
    const lease = await stopping(sharings);
    const outcome = { failure: { kind: 'unavailable' }, attempts: 1, nextAttemptAt: noon(5) } as const;
    expect(await sharings.stopFailed('S1', 'other', outcome)).toBe(false);
    expect(await sharings.stopFailed('S1', lease, outcome)).toBe(true);
    expect(await sharings.claimDue(claimAt(4))).toEqual([]);
    expect(await sharings.claimDue(claimAt(5))).toMatchObject([
      { item: { state: 'stopping', attempts: 1, failure: { kind: 'unavailable' }, stoppedBy: 'U1' } },
    ]);
  });

  it('finds active sharings whose end has come', async () => {
    const { sharings } = await open();
    await sharings.insert(aSharing({ id: 'S1', stopAt: noon(2) }));
    await sharings.insert(aSharing({ id: 'S2', stopAt: noon(1) }));
    await sharings.insert(aSharing({ id: 'S3', stopAt: noon(3) }));
    await sharings.insert(aSharing({ id: 'S4' }));
    await sharings.insert(aSharing({ id: 'S5', stopAt: noon(1), state: 'stopped' }));
    expect((await sharings.ended(noon(2), 9)).map(({ id }) => id)).toEqual(['S2', 'S1']);
    expect((await sharings.ended(noon(9), 2)).map(({ id }) => id)).toEqual(['S2', 'S1']);
  });

  it('comes to its end once, also where the stop was given up; a person may order it again', async () => {
    const { sharings } = await open();
    await sharings.insert(aSharing({ stopAt: noon(1) }));
    await sharings.orderStop('S1', { by: undefined, at: noon(1) });
    const [claim] = await sharings.claimDue(claimAt(1));
    await sharings.stopFailed('S1', claim?.lease ?? '', { failure: { kind: 'refused' }, giveUp: true });
    expect(await sharings.get('S1')).toEqual(aSharing({ stopAt: noon(1), failure: { kind: 'refused' } }));
    expect(await sharings.ended(noon(2), 9)).toEqual([]);
    expect(await sharings.orderStop('S1', { by: 'U1', at: noon(3) })).toBe(true);
  });

  it('still comes to its end after a person tried in vain to stop it before', async () => {
    const { sharings } = await open();
    const lease = await stopping(sharings, 'U1');
    await sharings.stopFailed('S1', lease, { failure: { kind: 'refused' }, giveUp: true });
    expect((await sharings.ended(noon(3), 9)).map(({ id }) => id)).toEqual(['S1']);
  });
});
