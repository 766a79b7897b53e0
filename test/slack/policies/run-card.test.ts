import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotAllowed, NotFound } from '../../../src/core/errors.ts';
import type { PolicyRun } from '../../../src/core/policies/policy-run.ts';
import type { Message } from '../../../src/slack/kit.ts';
import { policiesCards, policiesInteractions } from '../../../src/slack/policies/interactions.ts';
import { type CoreWorld, createCoreWorld, REQUESTER, runNightly } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { expectMessage } from '../expect-view.ts';
import { acting, readModal } from './acting.ts';

const MINUTE = 60_000;

describe.each(databases)('the card of a run on $name', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    const names = new Map<string, string>();
    const requesters = { users: [REQUESTER], groups: [] };
    world = await createCoreWorld(database, { project: { disks: names, requesters } });
    for (const disk of world.simulator.world.disks.all()) if (disk.name.includes('db')) names.set(disk.id, disk.name);
  });
  afterEach(() => world.close());

  async function draw(run: string): Promise<Message> {
    const [card] = policiesCards;
    const message = await card?.render(world.core, run, world.core.clock.now());
    if (message === undefined) throw new Error('the card draws nothing');
    expectMessage(message);
    return message;
  }
  const firstLine = async (run: string) => (await draw(run)).text.split('\n')[0];
  async function pass(minutes: number): Promise<void> {
    for (let i = 0; i < minutes; i++) {
      world.clock.advance(MINUTE);
      await world.work();
    }
  }
  const start = () => runNightly(world.core);
  const lastNight = async (): Promise<PolicyRun> => {
    await world.work();
    const filter = { projects: ['payments'], failing: true };
    const [run] = (await world.core.store.runs.list(filter, { offset: 0, limit: 1 })).items;
    if (run === undefined) throw new Error('no run failed');
    return run;
  };

  it('follows a run from its request to its end', async () => {
    world.simulator.setFaults({
      failNextBackup: { diskId: 'payments-db-2', code: 'VolumeBackup.0081', reason: 'Not enough capacity.' },
    });
    const { id } = await start();
    const seen = [await firstLine(id)];
    await world.work();
    seen.push(await firstLine(id));
    await pass(1);
    seen.push(await firstLine(id));
    await pass(5);
    expect([...seen, await firstLine(id)]).toEqual([
      '⏳ Waiting to start: nightly (payments), 4 disks',
      '⚙️ Running: nightly (payments), 0 of 4 disks done',
      expect.stringMatching(/^⚙️ Running: nightly \(payments\), \d of 4 disks done$/),
      '❌ Backup failed: nightly (payments), 1 of 4 disks',
    ]);
    const lines = (await draw(id)).text.split('\n').slice(2);
    expect(lines).toEqual([
      expect.stringMatching(
        /^❌ payments-db-2 \(100 GiB\) · failed after .*: The project’s quota of backup capacity is used up\./,
      ),
      expect.stringMatching(/^✅ payments-db-1 \(100 GiB\) · done in .* · autobk_/),
      expect.stringMatching(/^✅ disk [0-9a-f]{8} \(40 GiB\) · done in .* · autobk_/),
      expect.stringMatching(/^✅ disk [0-9a-f]{8} \(40 GiB\) · done in .* · autobk_/),
    ]);
  });

  it('says which disk of a scheduled run was not backed up, and how old its last good backup is', async () => {
    const { id } = await lastNight();
    const [first, failure, good, rest] = (await draw(id)).text.split('\n');
    expect(first).toMatch(/^❌ Backup failed: nightly \(payments\), 1 of 4 disks, /);
    expect(failure).toMatch(/^❌ payments-db-2 · failed after .*: The project’s quota of backups is used up\./);
    expect(good?.trim()).toMatch(/^The last good backup: 35 h ago \(/);
    expect(rest).toMatch(/^✅ 3 disks backed up in /);
  });

  it('opens every disk of the run to those who may see the project', async () => {
    const { id } = await lastNight();
    const reader = acting(world.core, REQUESTER, policiesInteractions);
    await reader.click('policies:show-run', id);
    expect(readModal(reader.modal)).toContain('✅ payments-db-1 · done');
    const stranger = acting(world.core, 'USTRANGER', policiesInteractions);
    await expect(stranger.click('policies:show-run', id)).rejects.toBeInstanceOf(NotAllowed);
    await expect(stranger.click('policies:turn-run', { run: id, page: 0 }, 'message')).rejects.toBeInstanceOf(
      NotAllowed,
    );
    await expect(reader.click('policies:show-run', 'gone')).rejects.toBeInstanceOf(NotFound);
  });

  it('draws nothing of a run that is gone', async () => {
    expect(await policiesCards[0]?.render(world.core, 'gone', world.core.clock.now())).toBeUndefined();
  });
});
