import { describe, expect, it } from 'vitest';
import { ask, filledIn, someBackup } from './asking.ts';
import { clickCard, firstLine, GENERAL, modalWith, privately, startBotAndCloud } from './bot-and-cloud.ts';

describe('/vbs share', () => {
  it('asks for what was left out, shows the backup that is chosen, and files the request', async () => {
    const bot = await startBotAndCloud();
    const backup = await someBackup(bot);
    await bot.requester.command(GENERAL, 'share');
    expect((await bot.requester.view())?.blocks.map((block) => block.block_id)[0]).toBe('project');

    await bot.requester.click({ action_id: 'share:project', value: 'payments' });
    await modalWith(bot.requester, /Ask|Search by name/);
    const found = await bot.requester.options({ action_id: 'share:backup', query: backup.id });
    expect(found.options?.map((option) => option.value)).toEqual([backup.id]);
    await bot.requester.click({ action_id: 'share:backup', value: backup.id });
    await modalWith(bot.requester, new RegExp(`\\*Backup\\*  ${backup.name}`));

    expect(await bot.requester.submit(filledIn)).toMatchObject({ response_action: 'clear' });
    const said = await privately(bot.requester, GENERAL, /waits for 1 approval in <#CPAYMENTS>/);
    expect(said).toContain(`Your request to share ${backup.name} (payments) with analytics`);
    await bot.work();
    expect(firstLine(await bot.card())).toBe(
      `⏳ Waiting for 1 more approval: share ${backup.name} (payments) with analytics`,
    );
  });

  it('finds a backup beyond the hundred that a list shows', async () => {
    const bot = await startBotAndCloud();
    const { backups } = await bot.core.catalogue.list('payments');
    const oldest = backups.at(-1);
    expect(backups.length).toBeGreaterThan(100);
    await bot.requester.command(GENERAL, 'share payments');
    const all = await bot.requester.options({ action_id: 'share:backup', query: '' });
    const narrowed = await bot.requester.options({ action_id: 'share:backup', query: oldest?.id ?? '' });
    expect(all.options).toHaveLength(100);
    expect(narrowed.options?.map((option) => option.value)).toEqual([oldest?.id]);
  });

  it('says at each field what is wrong with it', async () => {
    const bot = await startBotAndCloud({ allowUnknownTargets: true });
    const { backups } = await bot.core.catalogue.list('payments');
    const broken = backups.find((backup) => backup.status === 'error');
    await bot.requester.command(GENERAL, `share payments ${broken?.id}`);
    await modalWith(bot.requester, /only a backup that is available can be shared/);
    const answer = await bot.requester.submit({
      ids: { ids: { value: 'not-an-id' } },
      reason: { reason: { value: 'why not' } },
      endsAt: { endsAt: { selected_date_time: 1_500_000_000 } },
    });
    expect(answer.errors).toEqual({
      'backup#payments': 'The status of this backup is “error”: only one that is available can be shared.',
      ids: '“not-an-id” is no project id: that has 32 hex digits.',
      endsAt: 'This time has passed; choose a later one.',
    });
  });

  it('takes the first moment of 1970 for an end, and not for none', async () => {
    const bot = await startBotAndCloud();
    const backup = await someBackup(bot);
    await bot.requester.command(GENERAL, `share payments ${backup.id}`);
    await modalWith(bot.requester, /Taken/);
    const answer = await bot.requester.submit({ ...filledIn, endsAt: { endsAt: { selected_date_time: 0 } } });
    expect(answer.errors).toEqual({ endsAt: 'This time has passed; choose a later one.' });
  });

  it('refuses to share with a project that has it already', async () => {
    const bot = await startBotAndCloud();
    await ask(bot);
    await clickCard(bot.owner, await bot.card(), 'share:approve');
    await bot.work();
    const backup = await someBackup(bot);
    await bot.requester.command(GENERAL, `share payments ${backup.id}`);
    await modalWith(bot.requester, /Taken/);
    expect((await bot.requester.submit(filledIn)).errors).toEqual({
      'targets#payments': 'The backup is shared with analytics already.',
    });
  });

  it('opens at once and stays of use when the cloud does not answer', async () => {
    const bot = await startBotAndCloud();
    bot.world.simulator.setFaults({ routes: [{ route: '*', kind: 'status', status: 503 }] });
    await bot.requester.command(GENERAL, 'share payments db-nightly');
    await modalWith(bot.requester, /The cloud does not answer now|backup service is unavailable/);
    const { options } = await bot.requester.options({ action_id: 'share:backup', query: '' });
    expect(options).toHaveLength(1);
    expect(options?.[0]?.text.text).toMatch(/does not answer|unavailable|Still reading/);
    expect(options?.[0]?.description?.text).toMatch(/[Tt]ry again|Type again/);
  });
});
