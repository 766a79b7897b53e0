import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { DEMO_CHANNELS, DEMO_GROUPS, DEMO_PEOPLE, demoSettingsFile } from '../../src/sandbox/demo-settings.ts';
import { eventually, person, type SeenMessage, type SlackPerson } from '../../src/sandbox/slack/person.ts';
import { createSlackSandbox, type SlackSandbox } from '../../src/sandbox/slack/workspace.ts';
import { DEMO_PROJECTS, demoSeed } from '../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';
import { type ChildBot, startChildBot } from './child-bot.ts';
import { releaseBackup } from './release-backup.ts';
import { createTripwire, type Tripwire, Wire } from './tripwire.ts';

const { paymentsApprovals, general } = DEMO_CHANNELS;

/** Short waits, so that a bot that was killed comes back to its work within seconds. */
const TIMING = {
  leaseMs: 1_500,
  settleMs: 800,
  lookMs: 150,
  retryMs: 150,
  retryMaxMs: 600,
  followMinMs: 300,
  followMaxMs: 600,
  sweepMs: 600_000,
};

/** A share of one backup, played by people, with the bot in a process of its own behind a wire that can cut it off. */
export class ShareScene {
  readonly slack: SlackSandbox;
  readonly simulator: VbsSimulator;
  readonly wire: Wire;
  readonly #proxies: readonly Tripwire[];
  /** The backup that is asked for, by name. */
  readonly #backup: string;
  readonly #start: () => Promise<ChildBot>;
  readonly #requester: SlackPerson;
  readonly #owner: SlackPerson;
  bot: ChildBot | undefined;

  private constructor(about: {
    slack: SlackSandbox;
    simulator: VbsSimulator;
    wire: Wire;
    proxies: readonly Tripwire[];
    start: () => Promise<ChildBot>;
  }) {
    this.slack = about.slack;
    this.simulator = about.simulator;
    this.#backup = releaseBackup(about.simulator);
    this.wire = about.wire;
    this.#proxies = about.proxies;
    this.#start = about.start;
    this.#requester = person(about.slack.url, DEMO_PEOPLE.requester.id);
    this.#owner = person(about.slack.url, DEMO_PEOPLE.firstOwner.id);
  }

  /** `taskSeconds` is what the cloud takes for a piece of work, unless it is to take as long as it does. */
  static async create(databaseUrl: string, pace: { readonly taskSeconds?: number } = {}): Promise<ShareScene> {
    const wire = new Wire();
    const simulator = await createVbsSimulator({ seed: demoSeed(new Date()), ...pace });
    const slack = await createSlackSandbox({
      people: Object.values(DEMO_PEOPLE),
      channels: Object.values(DEMO_CHANNELS),
      usergroups: DEMO_GROUPS,
      manifest: parse(await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8')),
    });
    const [slackProxy, cloudProxy] = [await createTripwire(slack.url, wire), await createTripwire(simulator.url, wire)];
    const { file, env } = demoSettingsFile({
      slack: { tokens: slack.tokens, apiUrl: `${slackProxy.url}/api/` },
      simulator,
      cloudUrl: cloudProxy.url,
      databaseUrl,
    });
    const start = () => startChildBot({ settings: file, env, timing: TIMING });
    return new ShareScene({ slack, simulator, wire, proxies: [slackProxy, cloudProxy], start });
  }

  async startBot(): Promise<void> {
    this.bot = await this.#start();
  }

  /** Waits until the bot has called nobody for a while. */
  async settled(): Promise<void> {
    let last = -1;
    let since = performance.now();
    await eventually(
      () => {
        if (this.wire.count !== last) [last, since] = [this.wire.count, performance.now()];
        return performance.now() - since > 1_800;
      },
      { withinMs: 20_000 },
    );
  }

  async close(): Promise<void> {
    this.bot?.kill();
    await this.bot?.gone;
    for (const proxy of this.#proxies) await proxy.close();
    await this.slack.close();
    await this.simulator.close();
  }

  /** Fills the form and sends it. True if Slack got its answer. */
  async submit(): Promise<boolean> {
    await this.#requester.command(general.id, `share payments ${this.#backup}`);
    const form = await eventually(async () => {
      const view = await this.#requester.view();
      return view?.blocks.some((block) => inputOf(block)?.name === 'backup' && hasChoice(block)) ? view : undefined;
    });
    const values: Record<string, Record<string, Record<string, unknown>>> = {};
    for (const block of form.blocks) {
      const input = inputOf(block);
      if (input?.name === 'reason')
        values[input.block] = { [input.action]: { type: 'plain_text_input', value: 'why' } };
      if (input?.name === 'targets') {
        const analytics = { text: { type: 'plain_text', text: 'analytics' }, value: 'analytics' };
        values[input.block] = { [input.action]: { type: 'multi_static_select', selected_options: [analytics] } };
      }
    }
    return this.#requester.submit(values).then(
      (answer) => answer.errors === undefined,
      () => false,
    );
  }

  /** The request's cards, as the owner sees them. There should never be more than one. */
  async cards(): Promise<readonly SeenMessage[]> {
    const messages = await this.#owner.messages(paymentsApprovals.id);
    return messages.filter(({ ts, thread_ts, ephemeral }) => (thread_ts ?? ts) === ts && !ephemeral);
  }

  async replies(): Promise<readonly string[]> {
    const messages = await this.#owner.messages(paymentsApprovals.id);
    return messages.filter(({ ts, thread_ts }) => (thread_ts ?? ts) !== ts).map((message) => message.text);
  }

  /** The outcomes that the requester was told of in person. */
  async outcomes(): Promise<readonly string[]> {
    return (await this.#requester.directMessages()).map((message) => message.text);
  }

  /** Clicks Approve on the card, if it is there to be clicked. */
  async approve(): Promise<void> {
    const [card] = await this.cards();
    const button = card && buttonOf(card, 'approve');
    if (card && button)
      await this.#owner.click({ channel: paymentsApprovals.id, ts: card.ts, ...button }).catch(() => {});
  }

  /** The sharings of payments' backup with analytics in the cloud, made in this scene. */
  sharings(): number {
    const { world } = this.simulator;
    return [...world.sharings.in(`from:${DEMO_PROJECTS.payments}`)].filter(
      (sharing) => world.backups.get(sharing.backupId)?.name === this.#backup,
    ).length;
  }
}

function inputOf(block: Record<string, unknown>): { name: string; block: string; action: string } | undefined {
  const { block_id: id, element } = block;
  if (typeof id !== 'string' || typeof element !== 'object' || element === null) return undefined;
  if (!('action_id' in element)) return undefined;
  return { name: id.split('#')[0] ?? '', block: id, action: String(element.action_id) };
}

/** Whether a select comes with something chosen. */
function hasChoice({ element }: Record<string, unknown>): boolean {
  return typeof element === 'object' && element !== null && 'initial_option' in element;
}

function buttonOf(message: SeenMessage, verb: string): { action_id: string; block_id: string } | undefined {
  for (const block of message.blocks ?? []) {
    if (block['type'] !== 'actions' || !Array.isArray(block['elements'])) continue;
    for (const element of block['elements']) {
      const id = String(element.action_id);
      if (id.endsWith(`:${verb}`)) return { action_id: id, block_id: String(block['block_id']) };
    }
  }
  return undefined;
}
