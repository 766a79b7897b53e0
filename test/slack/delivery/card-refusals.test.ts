import { describe, expect, test } from 'vitest';
import { section } from '../../../src/slack/kit.ts';
import { person } from '../../support/slack-person.ts';
import { CHANNEL } from '../bot-in-sandbox.ts';
import { startDelivery, texts } from './cards-in-sandbox.ts';

const KIND = 'share-request';

describe('a card that Slack refuses', () => {
  test('is not tried again, and its owners are told directly what to do', async () => {
    const cards = await startDelivery({ whoOwns: ['U2', 'U3'] });
    await cards.open('R1', { kind: 'channel', id: 'C0ELSEWHERE' });

    expect(await cards.deliverDue()).toEqual(['refused']);
    expect(await cards.deliverDue()).toEqual(['posted', 'posted']);
    expect(await cards.deliverDue()).toEqual([]);

    const [notice] = await person(cards.sandbox.url, 'U3').directMessages();
    expect(notice?.text).toBe(
      '⚠️ A share request could not be shown in <#C0ELSEWHERE>. The bot is not in that channel: invite it there with `/invite @vbs`. It is tried again when something changes in it.\nSlack says: not_in_channel',
    );
  });

  test('and that only its owner would have seen is told to nobody', async () => {
    const cards = await startDelivery({ whoOwns: ['U3'] });
    await cards.sandbox.setFaults({
      slack: { 'chat.postMessage': { kind: 'error', error: 'user_disabled', times: 1 } },
    });
    await cards.open('R1', { kind: 'user', id: 'U3' });

    expect(await cards.deliverDue()).toEqual(['refused']);
    expect(await cards.deliverDue()).toEqual([]);
  });

  test('is tried again when its entity changes', async () => {
    const cards = await startDelivery();
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'error', error: 'is_archived', times: 1 } } });
    await cards.open('R1');
    await cards.deliverDue();

    await cards.core.store.cards.raise(KIND, 'R1');
    expect(await cards.deliverDue()).toEqual(['posted']);
  });

  test('for its blocks goes out as text, and the log says what was wrong with them', async () => {
    const cards = await startDelivery();
    cards.entities.set('R1', { text: 'R1 in words', blocks: [{ ...section('x'), block_id: 'x'.repeat(300) }] });
    await cards.open('R1');

    expect(await cards.deliverDue()).toEqual(['posted']);
    await cards.core.store.cards.raise(KIND, 'R1');
    expect(await cards.deliverDue()).toEqual(['updated']);

    expect(await texts(cards)).toEqual(['R1 in words']);
    expect(cards.log.lines).toContainEqual({
      level: 'error',
      about: { card: expect.any(Number), kind: KIND, problem: expect.stringContaining('invalid_blocks') },
      message: 'a card goes out less well than drawn',
    });
  });

  test('also as text does not keep the cards after it from their place', async () => {
    const cards = await startDelivery({ whoOwns: ['U3'] });
    await cards.sandbox.setFaults({
      slack: { 'chat.postMessage': { kind: 'error', error: 'invalid_blocks', times: 2 } },
    });
    await cards.open('R1');
    await cards.open('R2');

    expect(await cards.deliverDue()).toEqual(['refused']);
    await cards.deliverDue();
    expect(await texts(cards)).toEqual(['R2']);
    const [notice] = await person(cards.sandbox.url, 'U3').directMessages();
    expect(notice?.text).toContain('Slack says: invalid_blocks');
  });

  test('by ourselves, since it cannot be drawn, steps aside after a while and is told of', async () => {
    const cards = await startDelivery({ whoOwns: ['U3'] });
    cards.entities.set('R1', new Error('a fault of ours'));
    await cards.open('R1');
    await cards.open('R2');

    const outcomes: string[] = [];
    for (let round = 0; round < 14; round += 1) {
      outcomes.push(...(await cards.deliverDue()));
      cards.clock.forward(600_000);
    }

    expect(outcomes).toEqual([...Array<string>(11).fill('postponed'), 'refused', 'posted', 'posted']);
    expect(await texts(cards)).toEqual(['R2']);
    const [notice] = await person(cards.sandbox.url, 'U3').directMessages();
    expect(notice?.text).toBe(
      `⚠️ A share request could not be shown in <#${CHANNEL}>. Tell whoever runs the bot; the log has the details. It is tried again when something changes in it.`,
    );
  });

  test('because its message was deleted is posted anew', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.deliverDue();
    await cards.sandbox.setFaults({
      slack: { 'chat.update': { kind: 'error', error: 'message_not_found', times: 1 } },
    });
    await cards.core.store.cards.raise(KIND, 'R1');

    expect(await cards.deliverDue()).toEqual(['posted']);
    await cards.core.store.cards.raise(KIND, 'R1');
    expect(await cards.deliverDue()).toEqual(['updated']);
  });

  test.each(['not_authed', 'invalid_auth', 'account_inactive', 'token_revoked', 'missing_scope'])(
    'since it refuses the bot itself (%s) waits with all others, in order, until the bot may again',
    async (error) => {
      const cards = await startDelivery({ whoOwns: ['U3'] });
      const refuse = { kind: 'error', error, times: 'until_cleared' } as const;
      await cards.sandbox.setFaults({ slack: { 'chat.postMessage': refuse } });
      await cards.open('R1');
      await cards.open('R2');

      const outcomes = new Set<string>();
      for (let round = 0; round < 20; round += 1) {
        for (const outcome of await cards.deliverDue()) outcomes.add(outcome);
        expect(cards.delivery.heldUntil()).toEqual(expect.any(Date));
        cards.clock.forward(31_000);
      }
      expect([...outcomes]).toEqual(['postponed']);
      expect(cards.log.lines.filter(({ level }) => level === 'error')).toEqual([
        {
          level: 'error',
          about: { problem: error },
          message: 'Slack refuses the bot token, so cards wait; check it with `vbs-chatops doctor`',
        },
      ]);

      await cards.sandbox.setFaults({ clear: true });
      expect(cards.delivery.heldUntil()).toBeUndefined();
      expect([...(await cards.deliverDue()), ...(await cards.deliverDue())]).toEqual(['posted', 'posted']);
      expect(await texts(cards)).toEqual(['R1', 'R2']);
    },
  );

  test('while its lost post is looked for is not repeated, but looked for again', async () => {
    const cards = await startDelivery();
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'cut_after', times: 1 } } });
    await cards.open('R1');
    expect(await cards.deliverDue()).toEqual(['postponed']);

    const refuse = { kind: 'error', error: 'invalid_auth', times: 'until_cleared' } as const;
    await cards.sandbox.setFaults({ slack: { '*': refuse } });
    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['postponed']);

    await cards.sandbox.setFaults({ clear: true });
    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['found']);
    expect(await texts(cards)).toEqual(['R1']);
  });

  test('for now is tried again later and later', async () => {
    const cards = await startDelivery();
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'http', status: 503, times: 3 } } });
    await cards.open('R1');

    const outcomes: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      outcomes.push(...(await cards.deliverDue()));
      cards.clock.forward(120_000);
    }

    expect(outcomes).toEqual(['postponed', 'postponed', 'postponed', 'posted']);
    expect(await texts(cards)).toEqual(['R1']);
  });
});
