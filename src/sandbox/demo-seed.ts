import { inputIn, pick } from './demo-form.ts';
import { DEMO_CHANNELS, DEMO_PEOPLE } from './demo-settings.ts';
import { eventually, person } from './slack/person.ts';

const PATIENCE = { withinMs: 20_000 };

/** Has someone ask for a backup, so that a request waits for whoever comes to the demo. */
export async function askBeforehand(sandboxUrl: string): Promise<void> {
  const ana = person(sandboxUrl, DEMO_PEOPLE.analyticsOwner.id);
  await ana.command(DEMO_CHANNELS.analytics.id, 'share payments');
  const form = await eventually(() => ana.view(), { ...PATIENCE, what: 'the form' });
  const action_id = inputIn(form.blocks, 'backup').action;
  const backup = await eventually(async () => (await ana.options({ action_id, query: 'reports' })).options?.[0], {
    ...PATIENCE,
    what: 'a backup to ask for',
  });
  const target = { text: { type: 'plain_text', text: 'analytics' }, value: 'analytics' };
  await ana.submit({
    ...pick(form.blocks, 'backup', { type: 'external_select', selected_option: backup }),
    ...pick(form.blocks, 'targets', { type: 'multi_static_select', selected_options: [target] }),
    ...pick(form.blocks, 'reason', {
      type: 'plain_text_input',
      value: 'Compare this quarter’s reports with the warehouse (ANA-118)',
    }),
  });
  const approvals = DEMO_CHANNELS.paymentsApprovals.id;
  await eventually(async () => (await ana.messages(approvals)).length > 0, { ...PATIENCE, what: 'the request’s card' });
}
