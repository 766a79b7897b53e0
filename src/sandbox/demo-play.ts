import { inputIn, pick } from './demo-form.ts';
import { DEMO_CHANNELS, DEMO_GROUPS, DEMO_PEOPLE } from './demo-settings.ts';
import { eventually, person, type SeenMessage, type SlackPerson } from './slack/person.ts';
import type { SlackSandbox } from './slack/workspace.ts';
import type { VbsSimulator } from './vbs/simulator.ts';

const { paymentsApprovals, paymentsAlerts, general } = DEMO_CHANNELS;
const HOUR = 3_600_000;
const PATIENCE = { withinMs: 60_000 };

/** Where the story plays. */
interface Stage {
  readonly slack: SlackSandbox;
  readonly simulator: VbsSimulator;
}

/** The main job from end to end, played by the people of the demo; prints what each of them sees. Throws if it stalls. */
export async function playStory(stage: Stage, print: (line: string) => void): Promise<void> {
  const story = new Story(stage, print);
  await story.ask();
  await story.approve();
  await story.runPolicy();
  await story.missBackup();
  await story.lookBack();
}

class Story {
  readonly #stage: Stage;
  readonly #print: (line: string) => void;
  readonly #robin: SlackPerson;
  readonly #olga: SlackPerson;
  readonly #omar: SlackPerson;
  readonly #nia: SlackPerson;

  constructor(stage: Stage, print: (line: string) => void) {
    const play = (who: keyof typeof DEMO_PEOPLE) => person(stage.slack.url, DEMO_PEOPLE[who].id);
    this.#stage = stage;
    this.#print = print;
    this.#robin = play('requester');
    this.#olga = play('firstOwner');
    this.#omar = play('operator');
    this.#nia = play('nobody');
  }

  async ask(): Promise<void> {
    this.#chapter('A developer asks for a copy of another team’s data');
    await this.#type(this.#robin, 'share payments');
    const form = await eventually(() => this.#robin.view(), PATIENCE);
    const backups = await eventually(async () => {
      const found = await this.#robin.options({
        action_id: inputIn(form.blocks, 'backup').action,
        query: 'db-release',
      });
      return found.options?.[0];
    }, PATIENCE);
    this.#print(`  Robin fills the form: ${backups.text.text}, for analytics`);
    await this.#robin.submit({
      ...pick(form.blocks, 'backup', { type: 'external_select', selected_option: backups }),
      ...pick(form.blocks, 'targets', {
        type: 'multi_static_select',
        selected_options: [{ text: { type: 'plain_text', text: 'analytics' }, value: 'analytics' }],
      }),
      ...pick(form.blocks, 'reason', {
        type: 'plain_text_input',
        value: 'Reproduce the settlement bug (PAY-2231)',
      }),
    });
    await this.#see(this.#olga, paymentsApprovals, (message) => message.text.includes('db-release'));
  }

  async approve(): Promise<void> {
    this.#chapter('Only the owners decide');
    const card = await this.#card(this.#olga, paymentsApprovals.id, (message) => hasButton(message, 'approve'));
    const approve = buttonIn(card, 'approve');
    this.#print('  Nia, who has no rights, clicks Approve');
    await this.#nia.click({ channel: paymentsApprovals.id, ts: card.ts, ...approve });
    await this.#see(this.#nia, paymentsApprovals, (message) => message.ephemeral === true);
    this.#print('  Olga, an owner of payments, clicks Approve');
    await this.#olga.click({ channel: paymentsApprovals.id, ts: card.ts, ...approve });
    await this.#see(this.#olga, paymentsApprovals, (message) => message.ts === card.ts && /Shared/.test(message.text));
    this.#print('  Robin gets a direct message:');
    await this.#see(this.#robin, { id: `@${this.#robin.id}`, name: 'direct messages' }, () => true);
  }

  async runPolicy(): Promise<void> {
    this.#chapter('An operator runs a policy, and one disk fails');
    this.#fail('payments-db-2', 'VolumeBackup.0081', 'The capacity quota is used up.');
    await this.#type(this.#omar, 'run payments nightly');
    await eventually(async () => ((await this.#omar.view())?.submit ? true : undefined), PATIENCE);
    this.#print('  Omar confirms');
    await this.#omar.submit({});
    const over = ({ text }: SeenMessage) =>
      text.includes('nightly') && text.includes(DEMO_PEOPLE.operator.name) && text.includes('Backup failed');
    await this.#see(this.#omar, paymentsAlerts, over);
  }

  async missBackup(): Promise<void> {
    this.#chapter('A scheduled backup fails, and the alerts channel hears of it');
    this.#fail('payments-ledger', 'VolumeBackup.0013', 'The previous backup is still running.');
    const { clock } = this.#stage.simulator;
    clock.advance(HOUR - (clock.now().getTime() % HOUR) + 1_000);
    this.#print('  (an hour strikes in the cloud)');
    await this.#see(
      this.#omar,
      paymentsAlerts,
      (message) => message.text.includes('ledger-hourly') && /fail/i.test(message.text),
    );
  }

  async lookBack(): Promise<void> {
    this.#chapter('What payments shares now');
    await this.#type(this.#robin, 'shares payments');
    await this.#see(
      this.#robin,
      general,
      (message) => message.ephemeral === true && message.text.includes('newest first'),
    );
    this.#print('');
    this.#print('The end.');
  }

  #chapter(title: string): void {
    this.#print('');
    this.#print(`— ${title}`);
  }

  async #type(who: SlackPerson, text: string): Promise<void> {
    this.#print(`  ${nameOf(who)} types /vbs ${text}`);
    await who.command(general.id, text);
  }

  #fail(diskName: string, code: string, reason: string): void {
    const disk = [...this.#stage.simulator.world.disks.all()].find((one) => one.name === diskName);
    this.#stage.simulator.setFaults({ failNextBackup: { diskId: disk?.id, code, reason } });
  }

  async #card(who: SlackPerson, channel: string, is: (message: SeenMessage) => boolean): Promise<SeenMessage> {
    return eventually(async () => (await who.messages(channel)).findLast(is), {
      ...PATIENCE,
      what: `the message for ${nameOf(who)}`,
    });
  }

  async #see(
    who: SlackPerson,
    channel: { id: string; name: string },
    is: (message: SeenMessage) => boolean,
  ): Promise<void> {
    const message = await this.#card(who, channel.id, is);
    const where = message.ephemeral ? `${channel.name}, seen by ${nameOf(who)} alone` : channel.name;
    this.#print(`  ┌ ${where}`);
    for (const line of asRead(message.text).split('\n')) this.#print(`  │ ${line}`);
    this.#print('  └');
  }
}

/** The text as Slack's client shows it: names for ids, dates in words, no marks of bold, entities undone. */
function asRead(text: string): string {
  const names = new Map<string, string>();
  for (const { id, name } of Object.values(DEMO_PEOPLE)) names.set(`@${id}`, `@${name}`);
  for (const { id, name } of Object.values(DEMO_CHANNELS)) names.set(`#${id}`, `#${name}`);
  for (const { id, handle } of DEMO_GROUPS) names.set(`!subteam^${id}`, `@${handle}`);
  return text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<([@#!][^>|]*)(?:\|[^>]*)?>/g, (whole, token: string) => names.get(token) ?? whole)
    .replace(/(?<!\S)\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}])/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function nameOf({ id }: SlackPerson): string {
  const found = Object.values(DEMO_PEOPLE).find((one) => one.id === id);
  return found?.name.split(' ')[0] ?? id;
}

type Json = Record<string, unknown>;

interface ButtonInMessage {
  readonly action_id: string;
  readonly block_id: string;
}

function buttonsIn(message: SeenMessage): readonly ButtonInMessage[] {
  return (message.blocks ?? []).flatMap((block) =>
    block['type'] === 'actions' && Array.isArray(block['elements'])
      ? block['elements'].map((element: Json) => ({
          action_id: String(element['action_id']),
          block_id: String(block['block_id']),
        }))
      : [],
  );
}

function hasButton(message: SeenMessage, verb: string): boolean {
  return buttonsIn(message).some((button) => button.action_id.endsWith(`:${verb}`));
}

function buttonIn(message: SeenMessage, verb: string): ButtonInMessage {
  const found = buttonsIn(message).find((button) => button.action_id.endsWith(`:${verb}`));
  if (!found) throw new Error(`the message has no button ${verb}`);
  return found;
}
