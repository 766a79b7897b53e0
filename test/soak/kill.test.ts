import { describe, expect, it } from 'vitest';
import { eventually } from '../../src/sandbox/slack/person.ts';
import { databases } from '../support/databases.ts';
import { type KilledStory, killAtEachCall } from '../support/kill-at-each-call.ts';
import type { ShareScene } from '../support/share-scene.ts';

interface Ending {
  readonly cards: readonly string[];
  readonly sharings: number;
  readonly outcomes: number;
}

const share: KilledStory<Ending> = {
  what: 'a shared backup',
  withinMs: 60_000,
  async begin(scene) {
    const submit = (): Promise<boolean> => scene.submit().catch(() => false);
    return {
      submit,
      // Nobody heard that the form was taken: whoever asked would look, and ask again if nothing came.
      again: async () => (await quiet(scene)) && (await submit()),
      async ended() {
        await scene.approve();
        const [card] = await scene.cards();
        return (card?.text ?? '').startsWith('✅ Shared') && (await scene.outcomes()).length > 0;
      },
      async ending() {
        return {
          cards: (await scene.cards()).map((card) => card.text.split('\n')[0] ?? ''),
          sharings: scene.sharings(),
          outcomes: (await scene.outcomes()).length,
        };
      },
    };
  },
  ending: {
    cards: [expect.stringMatching(/^✅ Shared: db-release-\d{4} \(payments\) with analytics/)],
    sharings: 1,
    outcomes: 1,
  },
  moreCallsThan: 8,
};

/** Whether no card has come for longer than a lease lasts. */
async function quiet(scene: ShareScene): Promise<boolean> {
  const came = eventually(async () => (await scene.cards()).length > 0, { withinMs: 2_500 });
  return came.then(
    () => false,
    () => true,
  );
}

describe.each(databases)('a bot on $name that is killed', (database) => {
  it.each(['before', 'after'] as const)('%s any call it makes ends the request as it would have', async (when) => {
    await killAtEachCall(database, when, share);
  });
});
