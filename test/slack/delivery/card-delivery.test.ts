import { describe, expect, test } from 'vitest';
import { sentence } from '../../../src/slack/sentence.ts';
import { person } from '../../support/slack-person.ts';
import { CHANNEL } from '../bot-in-sandbox.ts';
import { calls, startDelivery, texts } from './cards-in-sandbox.ts';

const KIND = 'share-request';

describe('a card', () => {
  test('is posted with its blocks, and changed in place when its entity changes', async () => {
    const cards = await startDelivery();
    await cards.open('R1');

    expect(await cards.deliverDue()).toEqual(['posted']);
    cards.entities.set('R1', sentence('R1, approved'));
    await cards.core.store.cards.raise(KIND, 'R1');
    expect(await cards.deliverDue()).toEqual(['updated']);

    expect(await texts(cards)).toEqual(['R1, approved']);
    expect(await cards.deliverDue()).toEqual([]);
  });

  test('shows the latest of several changes, in one call', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.deliverDue();
    for (const state of ['approved', 'executing', 'shared']) {
      cards.entities.set('R1', sentence(`R1, ${state}`));
      await cards.core.store.cards.raise(KIND, 'R1');
    }

    expect(await cards.deliverDue()).toEqual(['updated']);
    expect(await texts(cards)).toEqual(['R1, shared']);
  });

  test('that was deleted takes its reply into the thread of the message that comes in its place', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.deliverDue();
    const [root] = await person(cards.sandbox.url, 'U2').messages(CHANNEL);
    await cards.sandbox.setFaults({
      slack: {
        'chat.update': { kind: 'error', error: 'message_not_found', times: 1 },
        'chat.postMessage': { kind: 'error', error: 'thread_not_found', times: 1 },
      },
    });
    await cards.open('R1#approved', undefined, 'R1');
    expect(await cards.deliverDue()).toEqual(['postponed']);
    await cards.core.store.cards.raise(KIND, 'R1');
    expect(await cards.deliverDue()).toEqual(['posted']);
    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['posted']);

    const [, anew, reply] = await person(cards.sandbox.url, 'U2').messages(CHANNEL);
    expect(anew?.ts).not.toBe(root?.ts);
    expect(reply).toMatchObject({ text: 'R1#approved', thread_ts: anew?.ts });
  });

  test('whose thread stays away goes out alone in the end', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.deliverDue();
    const lost = { kind: 'error', error: 'thread_not_found', times: 4 } as const;
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': lost } });
    await cards.open('R1#approved', undefined, 'R1');

    const outcomes: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      outcomes.push(...(await cards.deliverDue()));
      cards.clock.forward(600_000);
    }
    expect(outcomes).toEqual(['postponed', 'postponed', 'postponed', 'posted']);
    const [, alone] = await person(cards.sandbox.url, 'U2').messages(CHANNEL);
    expect(alone).toMatchObject({ text: 'R1#approved' });
    expect(alone?.thread_ts).toBeUndefined();
  });

  test('goes into the direct messages of a person', async () => {
    const cards = await startDelivery();
    await cards.open('R1', { kind: 'user', id: 'U1' });
    await cards.deliverDue();
    await cards.core.store.cards.raise(KIND, 'R1');
    cards.entities.set('R1', sentence('R1, shared'));

    expect(await cards.deliverDue()).toEqual(['updated']);
    expect((await person(cards.sandbox.url, 'U1').directMessages()).map(({ text }) => text)).toEqual(['R1, shared']);
  });

  test('replies in the thread of another', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.open('R1#approved', undefined, 'R1');
    await cards.deliverDue();
    await cards.deliverDue();

    const [root, reply] = await person(cards.sandbox.url, 'U2').messages(CHANNEL);
    expect(reply).toMatchObject({ text: 'R1#approved', thread_ts: root?.ts });
  });

  test('calls nobody where Slack does not tell a name: the mention comes by a change of the message', async () => {
    const cards = await startDelivery();
    await cards.sandbox.setFaults({ slack: { 'users.info': { kind: 'error', error: 'internal_error', times: 1 } } });
    cards.entities.set('R1', sentence('<@U1> asks'));
    await cards.open('R1');

    expect(await cards.deliverDue()).toEqual(['posted']);
    expect(await texts(cards)).toEqual(['someone asks']);
    expect(await cards.deliverDue()).toEqual(['updated']);
    expect(await texts(cards)).toEqual(['<@U1> asks']);
    expect(await cards.deliverDue()).toEqual([]);
  });

  test('whose entity is gone is dropped', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    cards.entities.delete('R1');

    expect(await cards.deliverDue()).toEqual(['dropped']);
    expect(await cards.deliverDue()).toEqual([]);
    expect(await texts(cards)).toEqual([]);
  });

  test('that cannot be drawn waits', async () => {
    const cards = await startDelivery();
    cards.entities.set('R1', new Error('no such column'));
    await cards.open('R1');

    expect(await cards.deliverDue()).toEqual(['postponed']);
    cards.entities.set('R1', sentence('R1'));
    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['posted']);
  });

  test('is left alone by a worker whose lease ran out', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    const [slow] = await cards.claim();
    cards.clock.forward(120_000);
    expect(await cards.deliverDue()).toEqual(['posted']);

    if (slow) await cards.delivery.deliver(slow, new AbortController().signal);

    expect(await texts(cards)).toEqual(['R1']);
  });
});

describe('a rate limit', () => {
  test('delays every card by as long as Slack says, and keeps their order', async () => {
    const cards = await startDelivery();
    for (const id of ['R1', 'R2', 'R3']) await cards.open(id);
    await cards.open('R4', { kind: 'channel', id: 'C0OTHER' });
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'rate_limit', retry_after: 30, times: 1 } } });

    expect(await cards.deliverDue()).toEqual(['postponed', 'postponed']);
    expect(calls(cards, 'chat.postMessage')).toBe(1);
    cards.clock.forward(29_000);
    expect(await cards.deliverDue()).toEqual([]);
    cards.clock.forward(2_000);
    for (let round = 0; round < 3; round += 1) await cards.deliverDue();

    expect(await texts(cards)).toEqual(['R1', 'R2', 'R3']);
    expect(await texts(cards, 'C0OTHER')).toEqual(['R4']);
    // Surely nothing had been posted, so nothing was looked for.
    expect(calls(cards, 'conversations.history')).toBe(0);
  });

  test('of posts does not hold up changes; of both it holds up everything', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.deliverDue();
    const limit = { kind: 'rate_limit', retry_after: 30, times: 1 } as const;
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': limit } });
    await cards.open('R2');
    await cards.core.store.cards.raise(KIND, 'R1');

    expect([...(await cards.deliverDue())].sort()).toEqual(['postponed', 'updated']);
    expect(cards.delivery.heldUntil()).toBeUndefined();

    await cards.sandbox.setFaults({ slack: { 'chat.update': limit } });
    await cards.core.store.cards.raise(KIND, 'R1');
    await cards.deliverDue();
    expect(cards.delivery.heldUntil()).toBeInstanceOf(Date);
  });

  test('is not kept for longer because the clock was set back', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.deliverDue();
    const limit = { kind: 'rate_limit', retry_after: 30, times: 1 } as const;
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': limit, 'chat.update': limit } });
    await cards.open('R2');
    await cards.core.store.cards.raise(KIND, 'R1');
    await cards.deliverDue();
    expect(cards.delivery.heldUntil()).toBeInstanceOf(Date);

    cards.clock.forward(-3_600_000);
    expect(cards.delivery.heldUntil()).toBeUndefined();
  });
});

test('no post begins so late that another worker may look for it in vain', async () => {
  const cards = await startDelivery();
  await cards.open('R1');
  const drawn = sentence('R1');
  let slow = true;
  cards.entities.get = () => {
    if (slow) cards.clock.forward(40_000);
    return drawn;
  };

  expect(await cards.deliverDue()).toEqual(['postponed']);
  expect(await texts(cards)).toEqual([]);
  slow = false;
  expect(await cards.deliverDue()).toEqual(['posted']);
});
