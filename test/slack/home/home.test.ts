import { describe, expect, it } from 'vitest';
import { REQUESTER } from '../../support/core-world.ts';
import { eventually, type SlackPerson } from '../../support/slack-person.ts';
import { ask } from '../share/asking.ts';
import { modalWith, startBotAndCloud } from '../share/bot-and-cloud.ts';

/** The home tab, once it says this. */
async function homeWith(who: SlackPerson, words: RegExp): Promise<string> {
  return eventually(
    async () => {
      const text = JSON.stringify((await who.home())?.blocks);
      return words.test(text) ? text : undefined;
    },
    { what: `a home tab with ${words}` },
  );
}

describe('the home tab', () => {
  it('shows a request to who asked and to who decides, and lets the one withdraw it', async () => {
    const bot = await startBotAndCloud();
    await homeWith(bot.requester, /You have asked for nothing yet/);
    const name = await ask(bot);
    const waiting = new RegExp(`Waiting for 1 more approval: share ${name} .payments. with analytics`);
    await homeWith(bot.owner, waiting);
    await homeWith(bot.requester, waiting);

    const request = (await bot.core.store.shareRequests.list({}, { offset: 0, limit: 1 })).items[0];
    await bot.requester.click({ home: true, action_id: `share:withdraw#${request?.id}` });
    await homeWith(bot.requester, /Withdrawn: share/);
    await homeWith(bot.owner, /No request waits for you/);
  });

  it('opens the form to share a backup', async () => {
    const bot = await startBotAndCloud();
    await homeWith(bot.requester, /Share a backup/);
    await bot.requester.click({ home: true, action_id: 'share:begin' });
    const form = await modalWith(bot.requester, /Choose the project that the backup belongs to/);
    expect(form.callback_id).toBe('share:form');
  });

  it('offers nothing that would be refused', async () => {
    const bot = await startBotAndCloud({ requesters: { users: [REQUESTER], groups: [] } });
    const home = await homeWith(bot.owner, /No policy is being run/);
    expect(home).not.toContain('Share a backup');
    expect(home).not.toContain('/vbs run');
  });

  it('shows the runs that go on and those that failed in projects that the person may see', async () => {
    const bot = await startBotAndCloud();
    await bot.work();
    const { items } = await bot.core.store.runs.list({ failing: true }, { offset: 0, limit: 1 });
    const failed = items[0];
    expect(failed).toBeDefined();
    await homeWith(bot.owner, new RegExp(`${failed?.policyName} .${failed?.project}.`));
  });
});
