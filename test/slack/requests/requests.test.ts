import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/slack-person.ts';
import { ask } from '../share/asking.ts';
import { type BotAndCloud, CHANNEL, clickCard, GENERAL, privately, startBotAndCloud } from '../share/bot-and-cloud.ts';

/** Files this many requests of the requester, without the form. */
async function file({ core, requester }: BotAndCloud, number: number): Promise<void> {
  for (let at = 0; at < number; at += 1) {
    await core.store.shareRequests.insert(
      {
        id: `R${String(at).padStart(4, '0')}`,
        project: 'payments',
        backupId: `b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
        backup: { name: `backup-${at}`, diskId: undefined, sizeGib: undefined, takenAt: undefined },
        targets: [{ projectId: 'f'.repeat(32), alias: 'analytics', state: 'waiting', sharingId: undefined }],
        votes: [],
        reason: 'why not',
        requester: requester.id,
        endsAt: undefined,
        expiresAt: new Date(core.clock.now().getTime() + 86_400_000),
        approvalsNeeded: 1,
        state: 'pending',
        closedBy: undefined,
        failure: undefined,
        calledAt: undefined,
        attempts: 0,
        nextAttemptAt: undefined,
        createdAt: new Date(core.clock.now().getTime() + at),
        updatedAt: core.clock.now(),
      },
      `filed-${at}`,
    );
  }
}

/** The list that the bot showed last, once it says this. */
async function listWith({ requester }: BotAndCloud, words: string) {
  return eventually(async () => {
    const list = (await requester.messages(GENERAL)).findLast((one) => one.ephemeral);
    return list?.text.includes(words) ? list : undefined;
  });
}

describe('/vbs requests', () => {
  it('links to the cards, to the requester and to those who may decide', async () => {
    const bot = await startBotAndCloud({ approvals: 2 });
    const name = await ask(bot);
    const { ts } = await bot.card();
    await bot.requester.command(GENERAL, 'requests');
    await bot.owner.command(GENERAL, 'requests');
    const mine = await privately(bot.requester, GENERAL, /Your requests, 1 of 1/);
    const waiting = await privately(bot.owner, GENERAL, /Waiting for you, 1 of 1/);
    for (const text of [mine, waiting]) {
      expect(text).toContain(`share ${name} (payments) with analytics`);
      expect(text).toMatch(new RegExp(`<http[^|>]*${CHANNEL}/p${ts.replace('.', '')}\\|open its card>`));
    }
    expect(mine).toContain('No request waits for you.');

    await clickCard(bot.owner, await bot.card(), 'share:approve');
    await bot.owner.command(GENERAL, 'requests');
    await privately(bot.owner, GENERAL, /Waiting for you: No request waits for you/);
  });

  it('turns pages, and keeps its place while one is withdrawn', async () => {
    const bot = await startBotAndCloud();
    await file(bot, 21);
    await bot.requester.command(GENERAL, 'requests');
    const first = await listWith(bot, 'Your requests, 1–10 of 21');
    expect(first.text).toContain('backup-20');

    await bot.requester.click({ channel: GENERAL, ts: first.ts, action_id: 'requests:page#mine#next' });
    const second = await listWith(bot, 'Your requests, 11–20 of 21');
    await bot.requester.click({ channel: GENERAL, ts: second.ts, action_id: 'requests:withdraw#R0005' });
    const after = await listWith(bot, 'Withdrawn: share backup-5');
    expect(after.text).toContain('Your requests, 11–20 of 21');
    expect((await bot.core.store.shareRequests.get('R0005'))?.state).toBe('withdrawn');
  });
});
