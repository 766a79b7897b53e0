import { describe, expect, it } from 'vitest';
import { Work } from '../../../src/slack/dispatch/work.ts';

/** A delivery that is answered when the test says so. */
function delivery(): { readonly handled: Promise<void>; readonly answer: () => void; readonly fail: () => void } {
  let answer: () => void = () => undefined;
  let fail: () => void = () => undefined;
  const handled = new Promise<void>((resolve, reject) => {
    answer = resolve;
    fail = () => reject(new Error('the connection ended'));
  });
  return { handled, answer: () => answer(), fail: () => fail() };
}

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe('what follows an acknowledgement', () => {
  it('begins once every delivery has its own, also one whose handling failed', async () => {
    const work = new Work();
    const [one, other] = [delivery(), delivery()];
    const done: string[] = [];
    work.arrive(one.handled);
    work.arrive(other.handled);
    work.follow(async () => void done.push('the step after'));
    one.answer();
    await turn();
    expect(done).toEqual([]);
    other.fail();
    await turn();
    await turn();
    expect(done).toEqual(['the step after']);
  });

  it('waits for a delivery that is read in the next moment, too', async () => {
    const work = new Work();
    const [one, next] = [delivery(), delivery()];
    const done: string[] = [];
    work.arrive(one.handled);
    work.follow(async () => void done.push('the step after'));
    one.answer();
    await one.handled;
    work.arrive(next.handled);
    await turn();
    await turn();
    expect(done).toEqual([]);
    next.answer();
    await turn();
    await turn();
    expect(done).toEqual(['the step after']);
  });

  it('begins at once where nobody waits', async () => {
    const work = new Work();
    const done: string[] = [];
    work.follow(async () => void done.push('the step after'));
    await turn();
    expect(done).toEqual(['the step after']);
  });

  it('is not kept waiting for ever by deliveries that keep coming', async () => {
    const work = new Work();
    const unanswered = delivery();
    work.arrive(unanswered.handled);
    await work.calm();
    unanswered.answer();
    await work.idle();
    expect(work.count).toBe(0);
  });

  it('is waited for by a stop, from its delivery to its end', async () => {
    const work = new Work();
    const { handled, answer } = delivery();
    const done: string[] = [];
    work.arrive(
      handled.then(() => {
        work.follow(async () => {
          await turn();
          done.push('the step after');
        });
      }),
    );
    const idle = work.idle().then(() => done.push('idle'));
    await turn();
    answer();
    await idle;
    expect(done).toEqual(['the step after', 'idle']);
  });
});
