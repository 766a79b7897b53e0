import { describe, expect, it } from 'vitest';
import { filledIn, someBackup } from './asking.ts';
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

describe('Stop sharing', () => {
  async function shared(targets: readonly string[]) {
    const bot = await startBotAndCloud();
    const backup = await someBackup(bot);
    await bot.requester.command(GENERAL, `share payments ${backup.id}`);
    await modalWith(bot.requester, /Taken/);
    await bot.requester.submit({
      ...filledIn,
      'targets#payments': { targets: { selected_options: targets.map((value) => ({ value })) } },
    });
    await bot.work();
    await clickCard(bot.owner, await bot.card(), 'share:approve');
    await bot.work();
    return { bot, name: backup.name };
  }

  it('asks once more, and says who may not', async () => {
    const { bot, name } = await shared(['analytics']);
    await clickCard(bot.requester, await bot.card(), 'share:stop');
    await privately(bot.requester, CHANNEL, /Only the owners of payments stop a sharing/);
    // The card has replies by now, and whoever clicks on it in the channel does not have its thread open.
    const refusal = (await bot.requester.messages(CHANNEL)).find((one) => one.ephemeral);
    expect(refusal).not.toHaveProperty('thread_ts');
    await clickCard(bot.owner, await bot.card(), 'share:stop');
    await modalWith(bot.owner, new RegExp(`Stop sharing ${name} \\(payments\\) with analytics\\?`));
    await bot.owner.submit();
    await modalWith(bot.owner, /reads back that nothing is left/);
    await bot.work();
    const card = await bot.card();
    expect(firstLine(card)).toBe(`↩️ No longer shared: ${name} (payments) with analytics`);
    expect(buttonsOf(card)).toEqual([]);
    expect((await thread(bot.owner, card)).at(-1)).toBe('↩️ The sharing with analytics is stopped: uowner ordered it.');
  });

  it('stops one of several, and all only after their number was named', async () => {
    const { bot, name } = await shared(['analytics', 'platform']);
    await clickCard(bot.owner, await bot.card(), 'share:stop');
    await modalWith(bot.owner, /All 2 sharings of this backup/);
    await bot.owner.submit({ sharing: { sharing: { value: 'all' } } });
    await modalWith(bot.owner, /Stop all 2 sharings of/);
    expect(firstLine(await bot.card())).toContain('✅ Shared');
    await bot.owner.close();

    await clickCard(bot.owner, await bot.card(), 'share:stop');
    await modalWith(bot.owner, /All 2 sharings of this backup/);
    await bot.owner.submit();
    await modalWith(bot.owner, /stops the sharing of/);
    await bot.work();
    expect(firstLine(await bot.card())).toBe(`✅ Shared: ${name} (payments) with platform`);
  });

  it('stops all of them once their number is confirmed', async () => {
    const { bot } = await shared(['analytics', 'platform']);
    const confirm = async () => {
      await clickCard(bot.owner, await bot.card(), 'share:stop');
      await modalWith(bot.owner, /All 2 sharings of this backup/);
      await bot.owner.submit({ sharing: { sharing: { value: 'all' } } });
      await modalWith(bot.owner, /Stop all 2 sharings of/);
    };
    await confirm();
    await bot.owner.submit();
    await modalWith(bot.owner, /stops all 2 sharings/);
    await bot.work();
    expect(firstLine(await bot.card())).toContain('↩️ No longer shared');
  });

  it('says that nothing is left to stop, in a form that was opened before another owner stopped it', async () => {
    const { bot } = await shared(['analytics']);
    await clickCard(bot.owner, await bot.card(), 'share:stop');
    await modalWith(bot.owner, /Stop sharing .* with analytics\?/);
    await clickCard(bot.secondOwner, await bot.card(), 'share:stop');
    await modalWith(bot.secondOwner, /Stop sharing .* with analytics\?/);
    await bot.secondOwner.submit();
    await modalWith(bot.secondOwner, /reads back that nothing is left/);
    await bot.work();

    await bot.owner.submit();
    await modalWith(bot.owner, /There is nothing to stop/);
  });

  it('asks anew when the number has changed since it was named', async () => {
    const { bot } = await shared(['analytics', 'platform']);
    await clickCard(bot.owner, await bot.card(), 'share:stop');
    await modalWith(bot.owner, /All 2 sharings of this backup/);
    await bot.owner.submit({ sharing: { sharing: { value: 'all' } } });
    await modalWith(bot.owner, /Stop all 2 sharings of/);

    await clickCard(bot.secondOwner, await bot.card(), 'share:stop');
    await modalWith(bot.secondOwner, /All 2 sharings of this backup/);
    await bot.secondOwner.submit();
    await modalWith(bot.secondOwner, /stops the sharing of/);
    await bot.work();

    await bot.owner.submit();
    await modalWith(bot.owner, /The number has changed meanwhile: it was 2 sharings/);
    expect(firstLine(await bot.card())).toContain('✅ Shared');
    await bot.owner.submit();
    await modalWith(bot.owner, /stops the sharing of/);
    await bot.work();
    expect(firstLine(await bot.card())).toContain('↩️ No longer shared');
  });
});
