import { expect } from 'vitest';
import { eventually } from '../../src/sandbox/slack/person.ts';
import type { TestDatabase } from './databases.ts';
import { ShareScene } from './share-scene.ts';

/** More calls than any story makes: the last rounds pass with the wire untouched, which shows that all were reached. */
const MOST_CALLS = 60;
/** Mostly they wait. */
const AT_ONCE = 4;

/** A story that is to end as it would have, wherever the bot is killed in it. */
export interface KilledStory<Ending> {
  /** What comes of it, in words. */
  readonly what: string;
  readonly withinMs: number;
  /** What the cloud takes for a piece of work, unless it is to take as long as it does. */
  readonly taskSeconds?: number;
  /** Does what comes before the form is handed in; nothing of that is cut off. */
  begin(scene: ShareScene): Promise<KilledRound<Ending>>;
  readonly ending: Ending;
  /** Fewer calls than the story makes. */
  readonly moreCallsThan: number;
}

export interface KilledRound<Ending> {
  /** Hands the form in; false where nobody heard that it was taken. */
  submit(): Promise<boolean>;
  /** What whoever did not hear of it does, until they have: the bot may come back slowly. Answers whether they have. */
  again?(): Promise<boolean>;
  /** Does what people still have to do, as often as it is asked; true once all has been told. */
  ended(): Promise<boolean>;
  ending(): Promise<Ending>;
}

/** Which of its calls the bot is killed at, and whether that call still goes out. */
interface Kill {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Plays the story again and again, with the bot killed at each call that it makes once the form is handed in. */
export async function killAtEachCall<Ending>(
  database: TestDatabase,
  when: Kill['when'],
  story: KilledStory<Ending>,
): Promise<void> {
  let reached = 0;
  for (let first = 1; first <= MOST_CALLS && reached === first - 1; first += AT_ONCE) {
    const calls = Array.from({ length: AT_ONCE }, (_, index) => first + index);
    const endings = await Promise.all(calls.map((at) => play(database, { at, when }, story)));
    for (const [index, { tripped, ending }] of endings.entries()) {
      expect(ending, `killed ${when} call ${first + index}`).toEqual(story.ending);
      if (tripped) reached = first + index;
    }
  }
  expect(reached).toBeGreaterThan(story.moreCallsThan);
  expect(reached).toBeLessThan(MOST_CALLS);
}

/** Plays the story with the bot killed once, and started again. */
async function play<Ending>(
  database: TestDatabase,
  { at, when }: Kill,
  story: KilledStory<Ending>,
): Promise<{ readonly tripped: boolean; readonly ending: Ending }> {
  const { url, drop } = await database.create();
  const { what, withinMs, taskSeconds } = story;
  const scene = await ShareScene.create(url, { ...(taskSeconds !== undefined && { taskSeconds }) });
  let tripped = false;
  try {
    await scene.startBot();
    await scene.settled();
    const round = await story.begin(scene);
    scene.wire.set(at, when, () => {
      tripped = true;
      scene.bot?.kill();
    });
    let taken = await round.submit();
    await eventually(
      async () => {
        if (!scene.bot?.alive) await scene.startBot();
        if (!taken && round.again) taken = await round.again();
        return round.ended();
      },
      { withinMs, what: `${what} after a kill ${when} call ${at}, with the form ${taken ? '' : 'not '}taken` },
    );
    await scene.settled();
    return { tripped, ending: await round.ending() };
  } finally {
    await scene.close();
    await drop();
  }
}
