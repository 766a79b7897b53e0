import { describe, expect, it } from 'vitest';
import { DEMO_CHANNELS, DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { databases } from '../support/databases.ts';
import { type KilledStory, killAtEachCall } from '../support/kill-at-each-call.ts';
import { headline, Player, type Post } from '../support/player.ts';
import type { ShareScene } from '../support/share-scene.ts';
import { eventually } from '../support/slack-person.ts';

interface Ending {
  readonly cards: readonly string[];
  readonly sharings: number;
  readonly replies: readonly string[];
  readonly outcomes: number;
}

const stop: KilledStory<Ending> = {
  what: 'a sharing that is stopped',
  withinMs: 60_000,
  async begin(scene) {
    const olga = ownerOf(scene);
    await olga.presses(await shared(scene, olga), 'Stop sharing');
    await olga.form(/Stop sharing/);
    await scene.settled();
    const stops = async () => (await scene.replies()).filter((text) => text.includes('is stopped'));
    return {
      submit: () =>
        olga.handsIn().then(
          ({ errors }) => Object.keys(errors).length === 0,
          () => false,
        ),
      async ended() {
        const [card] = await scene.cards();
        const told = (await scene.outcomes()).length > 1 && (await stops()).length > 0;
        return told && (card?.text ?? '').startsWith('↩️');
      },
      async ending() {
        return {
          cards: (await scene.cards()).map(headline),
          sharings: scene.sharings(),
          replies: await stops(),
          outcomes: (await scene.outcomes()).length,
        };
      },
    };
  },
  ending: {
    cards: [expect.stringMatching(/^↩️ No longer shared: db-release-\d{4} \(payments\) with analytics/)],
    sharings: 0,
    replies: ['↩️ The sharing with analytics is stopped: Olga Okafor ordered it.'],
    outcomes: 2,
  },
  moreCallsThan: 4,
};

function ownerOf({ slack }: ShareScene): Player {
  return new Player({ url: slack.url, id: DEMO_PEOPLE.firstOwner.id, home: DEMO_CHANNELS.general.id });
}

/** Has the backup shared; the card that says so. */
async function shared(scene: ShareScene, olga: Player): Promise<Post> {
  await scene.submit();
  return eventually(
    async () => {
      await scene.approve();
      const cards = await olga.cards(DEMO_CHANNELS.paymentsApprovals.id);
      return cards.find(({ text }) => text.startsWith('✅ Shared'));
    },
    { withinMs: 20_000 },
  );
}

// On one database: what differs between the two is tried by the story of a share.
describe.each(databases.slice(0, 1))('a bot on $name that is killed', (database) => {
  it('after any call it makes ends a stop as it would have', async () => {
    await killAtEachCall(database, 'after', stop);
  });
});
