import { describe, expect, test } from 'vitest';
import { findMarked } from '../../../src/slack/delivery/card-mark.ts';
import { sentence } from '../../../src/slack/sentence.ts';
import { deliveringClient } from '../../../src/slack/slack-client.ts';
import { person } from '../../support/slack-person.ts';
import { CHANNEL } from '../bot-in-sandbox.ts';
import { calls, startDelivery, texts } from './cards-in-sandbox.ts';

describe('a post whose answer is lost', () => {
  test('is found, not repeated, and then brought up to date', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'cut_after', times: 1 } } });

    expect(await cards.deliverDue()).toEqual(['postponed']);
    cards.entities.set('R1', sentence('R1, approved'));
    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['found']);
    expect(await cards.deliverDue()).toEqual(['updated']);

    expect(await texts(cards)).toEqual(['R1, approved']);
  });

  test('is found in a thread and in direct messages as well', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.deliverDue();
    await cards.open('R1#approved', undefined, 'R1');
    await cards.open('R2', { kind: 'user', id: 'U1' });
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'cut_after', times: 2 } } });
    expect(await cards.deliverDue()).toEqual(['postponed', 'postponed']);

    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['found', 'found']);

    expect(await texts(cards)).toEqual(['R1', 'R1#approved']);
    expect(await person(cards.sandbox.url, 'U1').directMessages()).toHaveLength(1);
  });

  test('by a worker that died is found by the next', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    const [card] = await cards.claim();
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'latency', ms: 300, times: 1 } } });
    const died = new AbortController();
    const dying = card && cards.delivery.deliver(card, died.signal);
    await expect.poll(() => calls(cards, 'chat.postMessage')).toBe(1);
    died.abort(new Error('stopped'));
    await dying;

    await expect.poll(() => texts(cards)).toEqual(['R1']);
    cards.clock.forward(120_000);
    expect(await cards.deliverDue()).toEqual(['found']);
    expect(await texts(cards)).toEqual(['R1']);
  });

  test('is repeated where it never arrived', async () => {
    const cards = await startDelivery();
    await cards.open('R1');
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'cut_before', times: 1 } } });
    expect(await cards.deliverDue()).toEqual(['postponed']);

    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['posted']);
    expect(await texts(cards)).toEqual(['R1']);
  });

  test('is repeated where the bot may not look', async () => {
    const scopes = { bot: ['commands', 'chat:write', 'im:write', 'channels:read'] };
    const manifest = { oauth_config: { scopes }, settings: { socket_mode_enabled: true }, features: {} };
    const cards = await startDelivery({ workspace: { manifest } });
    await cards.open('R1');
    await cards.sandbox.setFaults({ slack: { 'chat.postMessage': { kind: 'cut_before', times: 1 } } });
    await cards.deliverDue();

    cards.clock.forward(60_000);
    expect(await cards.deliverDue()).toEqual(['posted']);
    expect(cards.log.lines.at(-1)).toMatchObject({ level: 'warn', about: { verdict: { error: 'missing_scope' } } });
  });

  test('is told from that of another database, which counts its cards likewise, by a clock some minutes off', async () => {
    const cards = await startDelivery();
    const { sandbox, log } = cards;
    await cards.open('R1');
    const [card] = await cards.claim();
    if (card === undefined) throw new Error('nothing was due');
    await cards.delivery.deliver(card, new AbortController().signal);

    const client = deliveringClient({ botToken: sandbox.tokens.bot, apiUrl: sandbox.apiUrl }, log);
    const find = (entityId: string, aheadMs: number) =>
      findMarked(client, { ...card, entityId }, { channel: CHANNEL, since: new Date(Date.now() + aheadMs) });
    expect(await find('R1', 60_000)).toMatch(/^\d+\.\d+$/);
    expect(await find('R2', 60_000)).toBeUndefined();
    expect(await find('R1', 600_000)).toBeUndefined();
  });
});
