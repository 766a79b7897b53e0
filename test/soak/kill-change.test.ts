import { describe, it } from 'vitest';
import { DEMO_CHANNELS, DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { eventually, person, type SlackPerson } from '../../src/sandbox/slack/person.ts';
import { databases } from '../support/databases.ts';
import { type KilledStory, killAtEachCall } from '../support/kill-at-each-call.ts';

const NAME = 'by-hand';
const ALERTS = DEMO_CHANNELS.paymentsAlerts.id;

interface Ending {
  readonly cards: readonly string[];
  readonly backups: number;
  readonly outcomes: number;
}

const backUp: KilledStory<Ending> = {
  what: 'a backup',
  withinMs: 120_000,
  taskSeconds: 1,
  async begin(scene) {
    const omar = person(scene.slack.url, DEMO_PEOPLE.operator.id);
    const values = await openForm(omar);
    await scene.settled();
    return {
      submit: () =>
        omar.submit(values).then(
          ({ errors }) => errors === undefined,
          () => false,
        ),
      async ended() {
        const [card = ''] = await cardsOf(omar);
        return card.startsWith('✅ Backed up') && (await outcomesOf(omar)).length > 0;
      },
      async ending() {
        const made = [...scene.simulator.world.backups.all()].filter(({ name }) => name === NAME);
        return { cards: await cardsOf(omar), backups: made.length, outcomes: (await outcomesOf(omar)).length };
      },
    };
  },
  ending: {
    cards: [`✅ Backed up: payments-staging (payments) as ${NAME}`],
    backups: 1,
    outcomes: 1,
  },
  moreCallsThan: 5,
};

/** Opens the form for a disk, typing again where a busy machine was too late for Slack; its values, filled in. */
async function openForm(omar: SlackPerson): Promise<Record<string, Record<string, Record<string, unknown>>>> {
  for (let tries = 1; tries <= 5; tries += 1) {
    await omar.command(DEMO_CHANNELS.general.id, 'backup payments payments-staging').catch(() => undefined);
    const name = await eventually(() => nameBlock(omar), { withinMs: 15_000 }).catch(() => undefined);
    if (name !== undefined) return { [name]: { name: { type: 'plain_text_input', value: NAME } } };
  }
  throw new Error('the form did not open');
}

async function nameBlock(omar: SlackPerson): Promise<string | undefined> {
  const blocks = (await omar.view())?.blocks ?? [];
  return blocks.map(({ block_id: id }) => String(id)).find((id) => id.startsWith('name#'));
}

/** The first lines of what is in the alerts channel of this backup. There should never be more than one. */
async function cardsOf(omar: SlackPerson): Promise<readonly string[]> {
  const messages = await omar.messages(ALERTS);
  const top = messages.filter(({ ts, thread_ts, ephemeral }) => (thread_ts ?? ts) === ts && !ephemeral);
  return top.map(({ text }) => text.split('\n')[0] ?? '').filter((line) => line.includes(NAME));
}

async function outcomesOf(omar: SlackPerson): Promise<readonly string[]> {
  return (await omar.directMessages()).map(({ text }) => text).filter((text) => text.includes(NAME));
}

describe.each(databases)('a bot on $name that is killed while it backs up a disk', (database) => {
  it.each(['before', 'after'] as const)('%s any call it makes ends as it would have', async (when) => {
    await killAtEachCall(database, when, backUp);
  });
});
