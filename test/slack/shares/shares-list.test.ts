import { describe, expect, it } from 'vitest';
import { NotAllowed, NotFound } from '../../../src/core/errors.ts';
import { CloudError } from '../../../src/core/failure.ts';
import type { RegisteredSharing, Sharing } from '../../../src/core/sharing/sharing.ts';
import { OutOfDate } from '../../../src/slack/out-of-date.ts';
import { sharesInteractions } from '../../../src/slack/shares/interactions.ts';
import {
  analytics,
  hoursAgo,
  payments,
  registered,
  request,
  sharing,
  sharingId,
  unavailable,
} from '../backups/samples.ts';
import { type Seen, type SmallWorld, smallWorld } from '../backups/small-world.ts';
import { expectMessage, expectView } from '../expect-view.ts';

const world = () => smallWorld(sharesInteractions);
/** Of the page with this number, from 1. */
const place = (number: number, direction = 'out', project = 'payments') => ({ project, direction, page: number - 1 });

/** So many sharings, in an order that is not the list's. */
function many(number: number): Sharing[] {
  return Array.from({ length: number }, (_, index) => sharing((index * 7_919) % number));
}

function textOf({ said, replaced }: Seen): string {
  return [...said, ...replaced].at(-1)?.text ?? '';
}

function headingOf(seen: Seen): string | undefined {
  return textOf(seen).split('\n')[0];
}

function namesOf(seen: Seen): string[] {
  return [...textOf(seen).matchAll(/db-nightly-\d+/g)].map(([name]) => name);
}

/** Puts a sharing into the register as the bot does, and stops it if it is stopped. */
async function register({ core }: SmallWorld, one: RegisteredSharing): Promise<void> {
  await core.store.sharings.insert(one);
}

describe('/vbs shares', () => {
  it.each([1_204, 10_000])('pages through %i sharings, newest first, each once', async (number) => {
    const { cloud, command, click } = await world();
    cloud.shared = many(number);
    const first = await command('shares', ['payments']);
    expect(headingOf(first)).toBe(`*Shared by payments*, 1–10 of ${number.toLocaleString('en-US')} · newest first`);

    const seen = namesOf(first);
    for (let page = 2; page <= Math.ceil(number / 10); page += 1)
      seen.push(...namesOf(await click('shares:page', place(page))));

    expect(seen).toEqual(Array.from({ length: number }, (_, index) => sharing(index).backup?.name));
    expect(cloud.listings).toEqual({ backups: 0, sharings: 1 });
  });

  it('shows the last page for one past the end', async () => {
    const { cloud, click } = await world();
    cloud.shared = many(1_204);
    expect(headingOf(await click('shares:page', place(9_999)))).toBe(
      '*Shared by payments*, 1,201–1,204 of 1,204 · newest first',
    );
  });

  it.each([
    [['payments', 'in'], '*Shared with payments*: nothing now'],
    [['IN', 'payments'], '*Shared with payments*: nothing now'],
    [['out', 'payments'], '*Shared by payments*, 1 of 1 · newest first'],
    [['payments'], '*Shared by payments*, 1 of 1 · newest first'],
    [['in'], '*Shared with payments*: nothing now'],
    [[], '*Shared by payments*, 1 of 1 · newest first'],
  ])('understands %j', async (words, heading) => {
    const { cloud, command } = await world();
    cloud.shared = [sharing(1)];
    const seen = await command('shares', words);
    expectMessage(seen.said[0] ?? {});
    expect(headingOf(seen)).toBe(heading);
  });

  it('lists what is shared with the project, by whom', async () => {
    const { analyticsCloud, command, click } = await world();
    analyticsCloud.shared = [sharing(1), sharing(2, { fromProjectId: 'c'.repeat(32) })];
    const seen = await command('shares', ['analytics', 'in'], 'UANALYST');
    expect(textOf(seen)).toContain('✅ Shared: *db-nightly-0001* by payments');
    expect(textOf(seen)).toContain('✅ Shared: *db-nightly-0002* by project cccccccc');
    const out = await click('shares:page', place(1, 'out', 'analytics'), { user: 'UANALYST' });
    expect(headingOf(out)).toBe('*Shared by analytics*: nothing now');
  });

  it('says so where a word is no direction', async () => {
    const { command } = await world();
    expect(textOf(await command('shares', ['payments', 'sideways']))).toBe(
      '“sideways” is no direction. Say `out` for what payments shares, or `in` for what is shared with it.',
    );
  });

  it('says for whom the bot made a sharing and until when, and which it did not make', async () => {
    const small = await world();
    small.cloud.shared = [sharing(1), sharing(2), sharing(3)];
    await small.core.store.shareRequests.insert(request(1), 'once');
    await register(small, registered(1, { requestId: request(1).id, stopAt: hoursAgo(-72) }));
    await register(small, registered(2, { state: 'stopping' }));
    const text = textOf(await small.command('shares', ['payments']));
    expect(text).toMatch(/db-nightly-0001.*\n.*until <!date.*asked for by <@UDEV>/);
    expect(text).toMatch(/Being stopped: \*db-nightly-0002/);
    expect(text).toMatch(/✅ Shared: \*db-nightly-0003.*\n.*outside the bot/);
  });

  it('shows as stopped what was stopped since the list was read, and reads it anew for the command', async () => {
    const small = await world();
    const { cloud, core, command, click, wait } = small;
    cloud.shared = [sharing(1)];
    await register(small, registered(1));
    await command('shares', ['payments']);
    wait(1_000);
    await stop(small, sharingId(1));
    cloud.shared = [];

    expect(textOf(await click('shares:page', place(1)))).toContain('↩️ Stopped: *db-nightly-0001* with analytics');
    expect(headingOf(await command('shares', ['payments']))).toBe('*Shared by payments*: nothing now');
    expect((await core.store.sharings.get(sharingId(1)))?.state).toBe('stopped');
  });

  it('is refused to someone who has nothing to do with the project, at the command and at every click', async () => {
    const { command, click } = await world();
    const user = 'USTRANGER';
    await expect(command('shares', ['payments', 'in'], user)).rejects.toThrow(NotAllowed);
    await expect(click('shares:page', place(1), { user })).rejects.toThrow(NotAllowed);
    const value = { project: 'payments', direction: 'out', sharingId: sharingId(1) };
    await expect(click('shares:details', value, { user })).rejects.toThrow(NotAllowed);
  });

  it('says that a click is out of date where its value is not what the bot sends', async () => {
    const { click } = await world();
    await expect(click('shares:page', place(1, 'across'))).rejects.toThrow(OutOfDate);
    await expect(click('shares:details', place(1))).rejects.toThrow(OutOfDate);
  });

  it('fails with the cloud’s reason where the sharings cannot be read', async () => {
    const { cloud, command } = await world();
    cloud.failing.sharings = unavailable;
    await expect(command('shares', ['payments'])).rejects.toThrow(CloudError);
  });
});

describe('*Details* of a sharing', () => {
  const value = { project: 'payments', direction: 'out', sharingId: sharingId(1) };

  it('are read from the cloud, with the request and its card, and *Stop sharing* for owners', async () => {
    const small = await world();
    small.cloud.shared = [sharing(1)];
    await small.core.store.shareRequests.insert(request(1), 'once');
    await register(small, registered(1, { requestId: request(1).id }));
    await postCard(small, request(1).id);

    const { views } = await small.click('shares:details', value, { user: 'UOWNER' });

    const [loading, details] = views.map((view) => JSON.stringify(view));
    expect(loading).toContain('Reading a sharing of payments…');
    expect(details).toContain('PAY-2231');
    expect(details).toContain('https://slack.test/C0GENERAL/17.1');
    expect(details).toContain(JSON.stringify(JSON.stringify({ project: 'payments', sharingId: sharingId(1) })));
    for (const view of views) expectView(view);
  });

  it('offer no stop to others, nor to the project that receives', async () => {
    const { cloud, analyticsCloud, click } = await world();
    cloud.shared = [sharing(1)];
    analyticsCloud.shared = [sharing(1)];
    const asked = await click('shares:details', value);
    const received = await click(
      'shares:details',
      { ...value, project: 'analytics', direction: 'in' },
      { user: 'UANALYST' },
    );
    for (const { views } of [asked, received]) expect(JSON.stringify(views)).not.toContain('share:stop-sharing');
  });

  it('say that the sharing is gone, or is none of this project', async () => {
    const { cloud, click } = await world();
    await expect(click('shares:details', value)).rejects.toThrow(NotFound);
    cloud.shared = [sharing(1, { fromProjectId: analytics.id, toProjectId: payments.id })];
    await expect(click('shares:details', value)).rejects.toThrow(NotFound);
  });
});

/** As the worker does: ordered, claimed, stopped. */
async function stop({ core }: SmallWorld, id: string): Promise<void> {
  const at = core.clock.now();
  await core.store.sharings.orderStop(id, { by: 'UOWNER', at });
  const [claim] = await core.store.sharings.claimDue({ now: at, until: new Date(at.getTime() + 60_000), limit: 1 });
  if (!claim) throw new Error('nothing to stop');
  await core.store.sharings.stopped(id, claim.lease, at);
}

/** As delivery does. */
async function postCard({ core }: SmallWorld, entityId: string): Promise<void> {
  const { cards } = core.store;
  const now = core.clock.now();
  await cards.open({ kind: 'share-request', entityId, place: { kind: 'channel', id: 'C0GENERAL' } });
  const [card] = await cards.claimDue({ now, until: new Date(now.getTime() + 60_000), limit: 1 });
  if (!card) throw new Error('no card to post');
  await cards.begin(card.id, card.lease, now);
  await cards.shown(card.id, card.lease, { channel: 'C0GENERAL', ts: '17.1', shown: card.wanted });
}
