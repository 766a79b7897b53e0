import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Backup } from '../../../src/core/backups/backup.ts';
import { NotAllowed, NotFound } from '../../../src/core/errors.ts';
import { CloudError } from '../../../src/core/failure.ts';
import { backupsInteractions } from '../../../src/slack/backups/interactions.ts';
import { OutOfDate } from '../../../src/slack/out-of-date.ts';
import { expectMessage, expectView } from '../expect-view.ts';
import { backup, backupId, hoursAgo, OTHER_DISK_ID, registered, sharing, unavailable } from './samples.ts';
import { CLICKED, type Seen, smallWorld } from './small-world.ts';

const world = () => smallWorld(backupsInteractions);

/** So many backups, in an order that is not the list's. */
function many(number: number, more: (index: number) => Partial<Backup> = () => ({})): Backup[] {
  return Array.from({ length: number }, (_, index) => {
    const place = (index * 7_919) % number;
    return backup(place, more(place));
  });
}

function headingOf({ said, replaced }: Seen): string | undefined {
  return [...said, ...replaced].at(-1)?.text.split('\n')[0];
}

function namesOf({ said, replaced }: Seen): string[] {
  const text = [...said, ...replaced].at(-1)?.text ?? '';
  return [...text.matchAll(/db-nightly-\d+/g)].map(([name]) => name);
}

/** Of the page with this number, from 1. */
const place = (number: number, filter = {}) => ({ project: 'payments', page: number - 1, filter });

describe('/vbs backups', () => {
  it.each([1_204, 10_000])('pages through %i backups, newest first, each once', async (number) => {
    const { cloud, command, click } = await world();
    cloud.held = many(number);
    const first = await command('backups', ['payments']);
    expect(headingOf(first)).toBe(`*Backups of payments*, 1–10 of ${number.toLocaleString('en-US')} · newest first`);

    const seen = namesOf(first);
    for (let page = 2; page <= Math.ceil(number / 10); page += 1) {
      const turned = await click('backups:page', place(page));
      expectMessage(turned.replaced[0] ?? {});
      seen.push(...namesOf(turned));
    }

    expect(seen).toEqual(Array.from({ length: number }, (_, index) => backup(index).name));
    expect(cloud.listings).toEqual({ backups: 1, sharings: 1 });
  });

  it('shows the last page for one past the end', async () => {
    const { cloud, click } = await world();
    cloud.held = many(1_204);
    const turned = await click('backups:page', place(9_999));
    expect(headingOf(turned)).toBe('*Backups of payments*, 1,201–1,204 of 1,204 · newest first');
    expect(JSON.stringify(turned.replaced)).toContain(JSON.stringify(JSON.stringify(place(120))));
  });

  it('reads the backups again once they are older than half a minute', async () => {
    const { cloud, command, click, wait } = await world();
    cloud.held = many(20);
    await command('backups', ['payments']);
    wait(31_000);
    cloud.held = many(21);
    expect(headingOf(await click('backups:page', place(2)))).toBe('*Backups of payments*, 11–20 of 21 · newest first');
    expect(cloud.listings).toEqual({ backups: 2, sharings: 2 });
  });

  it('takes further words as part of a name', async () => {
    const { cloud, command } = await world();
    cloud.held = many(1_204);
    expect(namesOf(await command('backups', ['payments', 'NIGHTLY-0412']))).toContain('db-nightly-0412');
  });

  it('is refused to someone who has nothing to do with the project, at the command and at every click', async () => {
    const { command, click } = await world();
    await expect(command('backups', ['payments'], 'USTRANGER')).rejects.toThrow(NotAllowed);
    const value = { project: 'payments', backupId: backupId(1) };
    for (const [id, clicked] of [
      ['backups:page', place(1)],
      ['backups:filter', place(1)],
      ['backups:details', value],
      ['backups:share', value],
    ] as const) {
      await expect(click(id, clicked, { user: 'USTRANGER' }), id).rejects.toThrow(NotAllowed);
    }
  });

  it('says that a click is out of date where its value is not what the bot sends', async () => {
    const { click } = await world();
    await expect(click('backups:page', place(0))).rejects.toThrow(OutOfDate);
    await expect(click('backups:page', place(1, { status: 'eaten' }))).rejects.toThrow(OutOfDate);
    await expect(click('backups:details', 'b1')).rejects.toThrow(OutOfDate);
    await expect(click('backups:page', { ...place(1), project: 'sold' })).rejects.toThrow(NotFound);
  });

  it('fails with the cloud’s reason where the backups cannot be read', async () => {
    const { cloud, command } = await world();
    cloud.failing.backups = unavailable;
    await expect(command('backups', ['payments'])).rejects.toThrow(CloudError);
  });
});

describe('what is shared', () => {
  it('is told by the cloud, and by the register for what came after', async () => {
    const { core, cloud, command, click, wait } = await world();
    cloud.held = many(3);
    cloud.shared = [sharing(1)];
    // Its sharing was ended outside the bot.
    await core.store.sharings.insert(registered(0, { createdAt: hoursAgo(5) }));
    const first = await command('backups', ['payments']);
    wait(1_000);
    await core.store.sharings.insert(registered(2, { createdAt: core.clock.now() }));
    const again = await click('backups:page', place(1));

    const sharedOf = (seen: Seen) => [...seen.said, ...seen.replaced][0]?.text.match(/db-nightly-\d+|shared with \w+/g);
    expect(sharedOf(first)).toEqual(['db-nightly-0000', 'db-nightly-0001', 'shared with analytics', 'db-nightly-0002']);
    expect(sharedOf(again)).toEqual([...(sharedOf(first) ?? []), 'shared with analytics']);
  });

  it('comes from the register alone where the cloud does not tell, and the list says so', async () => {
    const { core, cloud, command } = await world();
    cloud.held = many(2);
    cloud.failing.sharings = unavailable;
    await core.store.sharings.insert(registered(1));
    const { said } = await command('backups', ['payments']);
    expectMessage(said[0] ?? {});
    expect(said[0]?.text).toContain('shared with analytics\n⚠️ With whom they are shared may be incomplete.');
  });

  it('does not keep the list waiting for more than ten seconds', async () => {
    const { cloud, command } = await world();
    cloud.held = many(2);
    cloud.failing.sharings = 'hangs';
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const listed = command('backups', ['payments']);
    await vi.advanceTimersByTimeAsync(10_000);
    const { said } = await listed;
    expect(said[0]?.text.match(/db-nightly-\d+/g)).toEqual(['db-nightly-0000', 'db-nightly-0001']);
    expect(said[0]?.text).toContain('⚠️ With whom they are shared may be incomplete. The cloud does not answer now.');
  });
});

describe('the filter', () => {
  it('is asked for with what is set, and its answer takes the place of the list', async () => {
    const { cloud, click, submit } = await world();
    cloud.held = many(1_204, (index) => (index % 100 === 7 ? { status: 'error', diskId: OTHER_DISK_ID } : {}));
    const { views } = await click('backups:filter', place(5, { name: '07' }));
    const [form] = views;
    if (!form) throw new Error('no form was opened');
    expectView(form);

    const done = await submit(form, { name: ' nightly ', status: 'error', disk: 'd0000002' });

    expect(done.answer).toMatchObject({ close: true });
    expect(done.replacedAt).toEqual([CLICKED]);
    expect(headingOf(done)).toBe(
      '*Backups of payments*, 1–10 of 12 · name or id with “nightly”, status error, disk “d0000002”, newest first',
    );
    expect(namesOf(done)[1]).toBe('db-nightly-0107');
    const older = await click('backups:page', place(2, { name: 'nightly', status: 'error', disk: 'd0000002' }));
    expect(namesOf(older)).toEqual(['db-nightly-1007', 'db-nightly-1107']);
  });

  it('is none where nothing is filled in, or any status chosen', async () => {
    const { cloud, click, submit } = await world();
    cloud.held = many(3);
    const [form] = (await click('backups:filter', place(1, { status: 'error' }))).views;
    if (!form) throw new Error('no form was opened');
    const done = await submit(form, { name: null, status: 'any', disk: ' ' });
    expect(headingOf(done)).toBe('*Backups of payments*, 1–3 of 3 · newest first');
  });

  it('finds by part of an id and by the disk’s name in the settings', async () => {
    const { cloud, click } = await world();
    cloud.held = many(200, (index) => (index % 2 ? { diskId: OTHER_DISK_ID } : {}));
    const byId = await click('backups:page', place(1, { name: backupId(42).slice(0, 12) }));
    expect(namesOf(byId)).toEqual(['db-nightly-0042']);
    const byDisk = await click('backups:page', place(1, { disk: 'PAYMENTS-DB' }));
    expect(headingOf(byDisk)).toBe('*Backups of payments*, 1–10 of 100 · disk “PAYMENTS-DB”, newest first');
  });
});
