import { describe, expect, it } from 'vitest';
import { NotFound } from '../../../src/core/errors.ts';
import { backupsInteractions } from '../../../src/slack/backups/interactions.ts';
import { expectView } from '../expect-view.ts';
import { backup, backupId, registered, sharing, sharingId, unavailable } from './samples.ts';
import { smallWorld } from './small-world.ts';

const world = () => smallWorld(backupsInteractions);
const value = { project: 'payments', backupId: backupId(1) };

describe('*Details* of a backup', () => {
  it('open at once, and are filled in from the cloud with where it is shared now', async () => {
    const { core, cloud, click } = await world();
    cloud.held = [backup(1), backup(2)];
    cloud.shared = [sharing(1), sharing(2), sharing(3, { backupId: backupId(1), toProjectId: 'c'.repeat(32) })];
    await core.store.sharings.insert(registered(1, { state: 'stopping' }));

    const { views } = await click('backups:details', value, { user: 'UOWNER' });

    const [loading, details] = views.map((view) => JSON.stringify(view));
    expect(loading).toContain('Reading a backup of payments…');
    expect(details).toContain('Being stopped: shared with *analytics*');
    expect(details).toContain(JSON.stringify(JSON.stringify({ project: 'payments', sharingId: sharingId(3) })));
    expect(details).not.toContain(sharingId(2));
    for (const view of views) expectView(view);
  });

  it('show *Share*, *Restore…* and *Delete…* to those who may ask, and *Stop sharing* to those who may stop it', async () => {
    const { cloud, click } = await world();
    cloud.held = [backup(1)];
    cloud.shared = [sharing(1)];
    const buttonsFor = async (user: string) => {
      const { views } = await click('backups:details', value, { user });
      return [...JSON.stringify(views[1]).matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id);
    };
    expect(await buttonsFor('UDEV')).toEqual(['backups:share', 'restore:begin', 'delete:begin']);
    expect(await buttonsFor('UOWNER')).toEqual(['share:stop-sharing']);
  });

  it('tell what the register knows where the cloud does not list sharings', async () => {
    const { core, cloud, click } = await world();
    cloud.held = [backup(1)];
    cloud.failing.sharings = unavailable;
    await core.store.sharings.insert(registered(1));
    const { views } = await click('backups:details', value);
    expect(JSON.stringify(views[1])).toContain('Shared with *analytics*');
    expect(JSON.stringify(views[1])).toContain('This may be incomplete.');
  });

  it('say that the backup is gone', async () => {
    const { click } = await world();
    await expect(click('backups:details', value)).rejects.toThrow(NotFound);
  });

  it('lead to the form that asks for a share, with the backup chosen', async () => {
    const { cloud, click } = await world();
    cloud.held = [backup(1)];
    const { views } = await click('backups:details', value);
    const details = views[1];
    if (!details) throw new Error('no details were shown');
    const shared = await click('backups:share', value, { view: details });
    expect(shared.views.at(-1)?.callback_id).toBe('share:form');
    expect(JSON.stringify(shared.views.at(-1))).toContain('db-nightly-0001');
    expect(shared.views.at(-1)?.private_metadata).toContain('https://slack.test/clicked');
  });
});
