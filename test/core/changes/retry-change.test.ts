import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Access } from '../../../src/core/access.ts';
import type { Deed } from '../../../src/core/changes/change.ts';
import { decideChange } from '../../../src/core/changes/decide-change.ts';
import { mayRepeat, retryChange } from '../../../src/core/changes/retry-change.ts';
import { AlreadyDecided, InvalidInput, NotAllowed, NotFound } from '../../../src/core/errors.ts';
import { Projects } from '../../../src/core/projects.ts';
import { type CoreWorld, createCoreWorld, OPERATOR, OWNER, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { ask, calls, untilEnd } from './changing.ts';

const DAY = 24 * 3_600_000;

describe.each(databases)('trying a change again on $name', (database) => {
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

  const now = async (id: string) => {
    const change = await world.core.store.changes.get(id);
    if (!change) throw new Error('there is no such change');
    return change;
  };
  const again = (requestId: string, by = REQUESTER) => retryChange(world.core, { requestId, by });

  /** Asks, has it approved, and waits until it has failed. */
  async function failed(deed: Deed): Promise<string> {
    const { id } = await ask(world.core, deed);
    if ((await now(id)).state === 'pending') {
      await decideChange(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    }
    expect(await untilEnd(world, id)).toMatchObject({ state: 'failed' });
    world.simulator.setFaults({ clear: true });
    return id;
  }

  function forbidden(route: string): void {
    const fault = { kind: 'status', status: 403, code: 'VolumeBackup.0042', message: 'forbidden', times: 1 };
    world.simulator.setFaults({ routes: [{ route, ...fault }] });
  }

  it('goes through once what hindered it is mended, on the word of who asked or of an owner', async () => {
    for (const by of [OPERATOR, OWNER]) {
      world.simulator.setFaults({ failNextBackup: { diskId } });
      const backup = { diskId, name: `by-${by}`, description: undefined, snapshotId: undefined, full: true, tags: [] };
      const id = await failed({ kind: 'backup.create', backup });
      expect(mayRepeat(await now(id), world.clock.now())).toBe(true);
      await again(id, by);
      expect(await untilEnd(world, id)).toMatchObject({ state: 'done', failure: undefined });
    }
  });

  it('is refused to others, of what is not there, and of what has not failed', async () => {
    forbidden('backups.delete');
    const id = await failed({ kind: 'backup.delete', backupId, backup: undefined });
    await expect(again(id, OPERATOR)).rejects.toThrow(NotAllowed);
    await expect(again('nothing')).rejects.toThrow(NotFound);
    await again(id);
    await expect(again(id)).rejects.toThrow(AlreadyDecided);
  });

  it('is refused to whoever asked once they may not ask any more', async () => {
    world.simulator.setFaults({ failNextBackup: { diskId } });
    const backup = { diskId, name: 'by-hand', description: undefined, snapshotId: undefined, full: true, tags: [] };
    const id = await failed({ kind: 'backup.create', backup });
    const left = world.core.projects.managed.map((project) => ({ ...project, operators: { users: [], groups: [] } }));
    const projects = new Projects(left, []);
    const core = { ...world.core, projects, access: new Access({ membersOf: async () => new Set() }, projects) };
    await expect(retryChange(core, { requestId: id, by: OPERATOR })).rejects.toThrow(NotAllowed);
  });

  it('is not offered where the disk is gone: it would be gone the next time as well', async () => {
    const gone = '00000000-0000-4000-8000-000000000000';
    const id = await failed({ kind: 'backup.restore', backupId, backup: undefined, diskId: gone });
    expect(await now(id)).toMatchObject({ failure: { kind: 'not_found' } });
    expect(mayRepeat(await now(id), world.clock.now())).toBe(false);
    await expect(again(id)).rejects.toThrow(AlreadyDecided);
  });

  it('does not overwrite a disk again that may have been overwritten', async () => {
    world.simulator.setFaults({ routes: [{ route: 'cloudbackups.restore', kind: 'cut_before', times: 1 }] });
    const id = await failed({ kind: 'backup.restore', backupId, backup: undefined, diskId });
    expect(await now(id)).toMatchObject({ failure: { kind: 'answer_lost' } });
    expect(mayRepeat(await now(id), world.clock.now())).toBe(false);
    const unconfirmed = { ...(await now(id)), failure: { kind: 'not_confirmed' } } as const;
    expect(mayRepeat(unconfirmed, world.clock.now())).toBe(false);
    const before = calls(world, 'cloudbackups.restore');
    await expect(again(id)).rejects.toThrow(AlreadyDecided);
    await world.work();
    expect(calls(world, 'cloudbackups.restore')).toBe(before);
  });

  it('wants an approval that is not older than the owners had to decide', async () => {
    forbidden('cloudbackups.restore');
    const id = await failed({ kind: 'backup.restore', backupId, backup: undefined, diskId });
    expect(mayRepeat(await now(id), world.clock.now())).toBe(true);
    world.clock.advance(3 * DAY + 60_000);
    expect(mayRepeat(await now(id), world.clock.now())).toBe(false);
    await expect(again(id)).rejects.toThrow(InvalidInput);
    expect(await now(id)).toMatchObject({ state: 'failed' });
  });
});
