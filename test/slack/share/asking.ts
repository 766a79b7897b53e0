import { expect } from 'vitest';
import { type BotAndCloud, GENERAL, modalWith } from './bot-and-cloud.ts';

/** The newest available backup of the demo's ledger, as the cloud names it. */
export async function someBackup({ core }: BotAndCloud) {
  const { backups } = await core.catalogue.list('payments');
  const backup = backups.find((one) => one.status === 'available' && one.name !== undefined);
  if (!backup) throw new Error('the demo has no available backup');
  return { id: backup.id, name: backup.name ?? '' };
}

/** The rest of the form, as `state.values`. */
export const filledIn = {
  'targets#payments': { targets: { selected_options: [{ value: 'analytics' }] } },
  reason: { reason: { value: 'reproduce the settlement bug' } },
};

/** `/vbs share payments <backup>`, filled in and handed in. */
export async function ask(bot: BotAndCloud): Promise<string> {
  const backup = await someBackup(bot);
  await bot.requester.command(GENERAL, `share payments ${backup.id}`);
  await modalWith(bot.requester, /Taken.*/);
  expect(await bot.requester.submit(filledIn)).toMatchObject({ response_action: 'clear' });
  await bot.work();
  return backup.name;
}
