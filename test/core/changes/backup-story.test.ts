import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deed } from '../../../src/core/changes/change.ts';
import { decideChange, withdrawChange } from '../../../src/core/changes/decide-change.ts';
import { AlreadyDecided, InvalidInput, NotAllowed } from '../../../src/core/errors.ts';
import {
  ADMIN,
  type CoreWorld,
  createCoreWorld,
  OPERATOR,
  OWNER,
  REQUESTER,
  SECOND_OWNER,
} from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { ask, calls, untilEnd } from './changing.ts';

describe.each(databases)('changes of backups on $name', (database) => {
  let world: CoreWorld;
  let backupId: string;
  let diskId: string;

  beforeEach(async () => {
    world = await createCoreWorld(database);
    const { backups } = await world.core.catalogue.list('payments');
    const release = backups.find((backup) => backup.name?.startsWith('db-release'));
    backupId = release?.id ?? '';
    diskId = release?.diskId ?? '';
  });
  afterEach(() => world.close());

  const now = (id: string) => world.core.store.changes.get(id);
  const creation = (name = 'before-the-release'): Deed => ({
    kind: 'backup.create',
    backup: { diskId, name, description: 'by hand', snapshotId: undefined, full: true, tags: [] },
  });
  const restoration = (): Deed => ({ kind: 'backup.restore', backupId, backup: undefined, diskId });
  const deletion = (): Deed => ({ kind: 'backup.delete', backupId, backup: undefined });
  const inCloud = (id: string) => world.core.clouds.of('payments').backup(id);
  const audited = async (id: string) =>
    (await world.core.store.audit.list({ subject: id }, { offset: 0, limit: 10 })).items.map((entry) => [
      entry.action,
      entry.actor,
      entry.outcome,
    ]);

  it('makes a backup at once, follows it, and says so when the cloud has it', async () => {
    const { id } = await ask(world.core, creation());
    expect(await now(id)).toMatchObject({ state: 'approved', approvalsNeeded: 0 });
    await world.work();
    expect(await now(id)).toMatchObject({ state: 'running', result: { jobId: expect.any(String) } });
    const done = await untilEnd(world, id);
    expect(done).toMatchObject({ state: 'done', failure: undefined });
    expect(await inCloud(done?.result?.backupId ?? '')).toMatchObject({ name: 'before-the-release', diskId });
    expect(await audited(id)).toEqual([
      ['change.executed', 'bot', 'ok'],
      ['change.requested', OPERATOR, 'ok'],
    ]);
    expect(calls(world, 'cloudbackups.create')).toBe(1);
  });

  it('says why the cloud could not make it', async () => {
    world.simulator.setFaults({ failNextBackup: { diskId, code: 'VolumeBackup.0013', reason: 'still running' } });
    const { id } = await ask(world.core, creation());
    expect(await untilEnd(world, id)).toMatchObject({ state: 'failed', failure: { code: 'VolumeBackup.0013' } });
  });

  it('restores once the owners agree, and never on the word of the one who asks', async () => {
    const { id } = await ask(world.core, restoration());
    await world.work();
    expect([(await now(id))?.state, calls(world, 'cloudbackups.restore')]).toEqual(['pending', 0]);
    await expect(decideChange(world.core, { requestId: id, by: REQUESTER, kind: 'approve' })).rejects.toThrow(
      NotAllowed,
    );
    await expect(decideChange(world.core, { requestId: id, by: OPERATOR, kind: 'approve' })).rejects.toThrow(
      NotAllowed,
    );
    const both = [OWNER, SECOND_OWNER].map((by) => decideChange(world.core, { requestId: id, by, kind: 'approve' }));
    const settled = await Promise.allSettled(both);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect([(await untilEnd(world, id)).state, calls(world, 'cloudbackups.restore')]).toEqual(['done', 1]);
    expect((await inCloud(backupId)).status).toBe('available');
  });

  it('deletes once the owners agree', async () => {
    const { id } = await ask(world.core, deletion());
    await decideChange(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    expect(await untilEnd(world, id)).toMatchObject({ state: 'done' });
    await expect(inCloud(backupId)).rejects.toThrow();
  });

  it('does not delete what has been shared since it was asked', async () => {
    const { id } = await ask(world.core, deletion());
    const target = world.core.projects.find('analytics')?.id ?? '';
    await world.core.clouds.of('payments').share(backupId, [target]);
    await decideChange(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    expect(await untilEnd(world, id)).toMatchObject({ state: 'failed', failure: { kind: 'backup_shared' } });
    expect((await inCloud(backupId)).status).toBe('available');
  });

  it('lets the requester withdraw, an owner reject, and time end what nobody decides', async () => {
    const withdrawn = await ask(world.core, deletion());
    await expect(withdrawChange(world.core, { requestId: withdrawn.id, by: OWNER })).rejects.toThrow(NotAllowed);
    await withdrawChange(world.core, { requestId: withdrawn.id, by: REQUESTER });
    const rejected = await ask(world.core, deletion());
    const reason = 'we need it for the audit';
    await decideChange(world.core, { requestId: rejected.id, by: OWNER, kind: 'reject', reason });
    const expired = await ask(world.core, deletion());
    world.clock.advance(73 * 3_600_000);
    await world.work();
    const states = await Promise.all([withdrawn, rejected, expired].map(async ({ id }) => (await now(id))?.state));
    expect(states).toEqual(['withdrawn', 'rejected', 'expired']);
    await expect(decideChange(world.core, { requestId: expired.id, by: OWNER, kind: 'approve' })).rejects.toThrow(
      AlreadyDecided,
    );
    expect(calls(world, 'backups.delete')).toBe(0);
  });

  it('makes one change of a form that is sent twice, and refuses a second one of the same thing', async () => {
    const [one, same] = await Promise.all(
      [1, 2].map(() => ask(world.core, deletion(), { dedupeKey: 'the same view' })),
    );
    expect(one?.id).toBe(same?.id);
    await expect(ask(world.core, restoration())).rejects.toThrow(InvalidInput);
  });

  it('refuses whoever has no right to ask, and what the cloud would refuse, and changes nothing', async () => {
    await expect(ask(world.core, creation(), { by: REQUESTER })).rejects.toThrow(NotAllowed);
    await expect(ask(world.core, creation(), { by: OWNER })).rejects.toThrow(NotAllowed);
    const wrong = await ask(world.core, creation('auto pilot'), { by: ADMIN }).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ faults: [{ field: 'name', rule: 'bad_name' }] });
    const none = await ask(world.core, deletion(), { reason: ' ' }).catch((error: unknown) => error);
    expect(none).toMatchObject({ faults: [{ field: 'reason', rule: 'required' }] });
    expect((await world.core.store.changes.list({}, { offset: 0, limit: 1 })).total).toBe(0);
  });
});
