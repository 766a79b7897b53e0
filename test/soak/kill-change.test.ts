import { describe, expect, it } from 'vitest';
import { DEMO_CHANNELS, DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { eventually, person, type SlackPerson } from '../../src/sandbox/slack/person.ts';
import { databases, type TestDatabase } from '../support/databases.ts';
import { ShareScene } from '../support/share-scene.ts';

/** More calls than a backup makes: the last rounds pass with the wire untouched, which shows that all were reached. */
const MOST_CALLS = 60;
/** Mostly they wait. */
const AT_ONCE = 4;
const PATIENT = { withinMs: 120_000 };
const NAME = 'by-hand';
const ALERTS = DEMO_CHANNELS.paymentsAlerts.id;

interface Ending {
  readonly tripped: boolean;
  readonly cards: readonly string[];
  readonly backups: number;
  readonly outcomes: number;
}

/** Backs up a disk with the bot killed at the `at`-th call that it makes after the form was opened, and started again. */
async function play(database: TestDatabase, at: number, when: 'before' | 'after'): Promise<Ending> {
  const { url, drop } = await database.create();
  const scene = await ShareScene.create(url, { taskSeconds: 1 });
  const omar = person(scene.slack.url, DEMO_PEOPLE.operator.id);
  let tripped = false;
  try {
    await scene.startBot();
    await scene.settled();
    const values = await openForm(omar);
    await scene.settled();
    scene.wire.set(at, when, () => {
      tripped = true;
      scene.bot?.kill();
    });
    const taken = await omar.submit(values).then(
      ({ errors }) => errors === undefined,
      () => false,
    );
    await eventually(
      async () => {
        if (!scene.bot?.alive) await scene.startBot();
        const [card] = await cardsOf(omar);
        return card?.startsWith('✅ Backed up') && (await outcomesOf(omar)).length > 0;
      },
      { ...PATIENT, what: `a backup after a kill ${when} call ${at}, with the form ${taken ? '' : 'not '}taken` },
    );
    await scene.settled();
    const made = [...scene.simulator.world.backups.all()].filter(({ name }) => name === NAME);
    return {
      tripped,
      cards: await cardsOf(omar),
      backups: made.length,
      outcomes: (await outcomesOf(omar)).length,
    };
  } finally {
    await scene.close();
    await drop();
  }
}

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

const ENDING = {
  cards: [`✅ Backed up: payments-staging (payments) as ${NAME}`],
  backups: 1,
  outcomes: 1,
};

describe.each(databases)('a bot on $name that is killed while it backs up a disk', (database) => {
  it.each(['before', 'after'] as const)('%s any call it makes ends as it would have', async (when) => {
    let reached = 0;
    for (let first = 1; first <= MOST_CALLS && reached === first - 1; first += AT_ONCE) {
      const calls = Array.from({ length: AT_ONCE }, (_, index) => first + index);
      const endings = await Promise.all(calls.map((at) => play(database, at, when)));
      for (const [index, { tripped, ...ending }] of endings.entries()) {
        expect(ending, `killed ${when} call ${first + index}`).toEqual(ENDING);
        if (tripped) reached = first + index;
      }
    }
    expect(reached).toBeGreaterThan(5);
    expect(reached).toBeLessThan(MOST_CALLS);
  });
});
