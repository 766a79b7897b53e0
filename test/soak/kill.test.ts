import { describe, expect, it } from 'vitest';
import { eventually } from '../../src/sandbox/slack/person.ts';
import { databases, type TestDatabase } from '../support/databases.ts';
import { ShareScene } from '../support/share-scene.ts';

/** More calls than a share makes: the last rounds pass with the wire untouched, which shows that all were reached. */
const MOST_CALLS = 60;
/** Mostly they wait. */
const AT_ONCE = 4;

interface Ending {
  readonly tripped: boolean;
  readonly cards: readonly string[];
  readonly sharings: number;
  readonly outcomes: number;
}

/** Plays a share with the bot killed at the `at`-th call that it makes after the form was opened, and started again. */
async function play(database: TestDatabase, at: number, when: 'before' | 'after'): Promise<Ending> {
  const { url, drop } = await database.create();
  const scene = await ShareScene.create(url);
  let tripped = false;
  try {
    await scene.startBot();
    await scene.settled();
    scene.wire.set(at, when, () => {
      tripped = true;
      scene.bot?.kill();
    });
    let asked = await scene.submit().catch(() => false);
    await eventually(
      async () => {
        if (!scene.bot?.alive) {
          await scene.startBot();
          // Nobody heard that the form was taken: whoever asked would look, and ask again if nothing came.
          if (!asked && (await quiet(scene))) asked = await scene.submit().catch(() => false);
        }
        await scene.approve();
        const [card] = await scene.cards();
        return card?.text.startsWith('✅ Shared') && (await scene.outcomes()).length > 0;
      },
      { withinMs: 60_000, what: `a shared backup after a kill ${when} call ${at}` },
    );
    await scene.settled();
    return {
      tripped,
      cards: (await scene.cards()).map((card) => card.text.split('\n')[0] ?? ''),
      sharings: scene.sharings(),
      outcomes: (await scene.outcomes()).length,
    };
  } finally {
    await scene.close();
    await drop();
  }
}

/** Whether no card has come for longer than a lease lasts. */
async function quiet(scene: ShareScene): Promise<boolean> {
  const came = eventually(async () => (await scene.cards()).length > 0, { withinMs: 2_500 });
  return came.then(
    () => false,
    () => true,
  );
}

const ENDING = {
  cards: [expect.stringMatching(/^✅ Shared: db-release-\d{4} \(payments\) with analytics/)],
  sharings: 1,
  outcomes: 1,
};

describe.each(databases)('a bot on $name that is killed', (database) => {
  it.each(['before', 'after'] as const)('%s any call it makes ends the request as it would have', async (when) => {
    let reached = 0;
    for (let first = 1; first <= MOST_CALLS && reached === first - 1; first += AT_ONCE) {
      const calls = Array.from({ length: AT_ONCE }, (_, index) => first + index);
      const endings = await Promise.all(calls.map((at) => play(database, at, when)));
      for (const [index, { tripped, ...ending }] of endings.entries()) {
        expect(ending, `killed ${when} call ${first + index}`).toEqual(ENDING);
        if (tripped) reached = first + index;
      }
    }
    expect(reached).toBeGreaterThan(8);
    expect(reached).toBeLessThan(MOST_CALLS);
  });
});
