import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/slack-person.ts';
import { ask } from './asking.ts';
import {
  buttonsOf,
  CHANNEL,
  clickCard,
  firstLine,
  GENERAL,
  modalWith,
  privately,
  startBotAndCloud,
  thread,
} from './bot-and-cloud.ts';

describe('the card of a request', () => {
  it('leads from approval to shared, and tells the requester', async () => {
    const bot = await startBotAndCloud({ approvals: 2 });
    const name = await ask(bot);
    expect(buttonsOf(await bot.card())).toEqual(['Approve', 'Reject…', 'Withdraw']);

    await clickCard(bot.owner, await bot.card(), 'share:approve');
    await privately(bot.owner, CHANNEL, /Your approval counts; 1 more is needed/);
    await clickCard(bot.owner, await bot.card(), 'share:approve');
    await privately(bot.owner, CHANNEL, /Your approval was counted already; 1 more is needed/);
    await bot.work();
    expect(firstLine(await bot.card())).toContain('Waiting for 1 more approval');

    await clickCard(bot.secondOwner, await bot.card(), 'share:approve');
    await bot.work();
    const card = await bot.card();
    expect(firstLine(card)).toBe(`✅ Shared: ${name} (payments) with analytics`);
    expect(buttonsOf(card)).toEqual(['Stop sharing']);
    expect(await thread(bot.requester, card)).toEqual([
      '✅ uowner approved. 1 more approval is needed.',
      '✅ uowner2 approved. The bot shares it now.',
      '✅ Shared with analytics; the cloud shows it.',
    ]);
    const [told] = await bot.requester.directMessages();
    expect(told?.text).toContain(
      `✅ ${name} (payments) is now shared with analytics; approved by <@UOWNER> and <@UOWNER2>.`,
    );
    expect(told?.text).toContain(`Its card is in <#${CHANNEL}>.`);
  });

  it('takes a rejection with its reason, and lets nobody in who may not decide', async () => {
    const bot = await startBotAndCloud();
    await ask(bot);
    await clickCard(bot.requester, await bot.card(), 'share:approve');
    await privately(
      bot.requester,
      CHANNEL,
      /Only the owners of payments decide on this request: <@UOWNER> and <@UOWNER2>/,
    );
    await clickCard(bot.owner, await bot.card(), 'share:withdraw');
    await privately(bot.owner, CHANNEL, /Only the person who asked can withdraw/);

    await clickCard(bot.owner, await bot.card(), 'share:reject');
    await modalWith(bot.owner, /Why not/);
    await bot.owner.submit({ reason: { reason: { value: 'Card numbers are in it.' } } });
    await clickCard(bot.secondOwner, await bot.card(), 'share:approve');
    await privately(bot.secondOwner, CHANNEL, /rejected already by <@UOWNER>, just now/);
    await bot.work();
    expect(buttonsOf(await bot.card())).toEqual([]);
    expect((await bot.requester.directMessages()).map((one) => one.text)).toEqual([
      expect.stringContaining('was rejected by <@UOWNER>: “Card numbers are in it.”'),
    ]);
  });

  it('offers another try after a failure that was mended', async () => {
    const bot = await startBotAndCloud();
    await ask(bot);
    const forbidden = { kind: 'status', status: 403, code: 'VolumeBackup.0042', message: 'forbidden', times: 1 };
    bot.world.simulator.setFaults({ routes: [{ route: 'sharings.share', ...forbidden }] });
    await clickCard(bot.owner, await bot.card(), 'share:approve');
    await bot.work();
    expect(firstLine(await bot.card())).toContain('❌ Not shared');
    expect(buttonsOf(await bot.card())).toEqual(['Try again']);
    await clickCard(bot.requester, await bot.card(), 'share:retry');
    await bot.work();
    expect(firstLine(await bot.card())).toContain('✅ Shared');
  });
});

describe('withdrawing', () => {
  it('closes the request, also from the list of requests', async () => {
    const bot = await startBotAndCloud();
    const name = await ask(bot);
    await bot.requester.command(GENERAL, 'requests');
    await privately(bot.requester, GENERAL, /Your requests, 1 of 1/);
    const list = await eventually(async () => (await bot.requester.messages(GENERAL)).findLast((one) => one.ephemeral));
    const { id } = (await bot.core.store.shareRequests.list({}, { offset: 0, limit: 1 })).items[0] ?? {};
    await bot.requester.click({ channel: GENERAL, ts: list.ts, action_id: `requests:withdraw#${id}` });
    await privately(bot.requester, GENERAL, /Withdrawn: share/);
    await bot.work();
    expect(firstLine(await bot.card())).toBe(`↩️ Withdrawn: share ${name} (payments) with analytics`);
  });
});
