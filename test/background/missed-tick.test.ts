import { expect, it, vi } from 'vitest';
import { startBackground } from '../../src/background/background.ts';
import { createCoreWorld } from '../support/core-world.ts';
import { databases } from '../support/databases.ts';
import { eventually } from '../support/slack-person.ts';

it.each(databases.slice(0, 1))('goes on after ticks that a busy machine missed, without a word', async (database) => {
  const world = await createCoreWorld(database);
  const printed = vi.spyOn(console, 'warn');
  let looks = 0;
  const background = startBackground({
    core: world.core,
    deliverCard: async () => undefined,
    heldUntil() {
      looks += 1;
      return undefined;
    },
    onSweep: () => undefined,
  });
  try {
    await eventually(() => looks > 1);
    // The whole process stands still for longer than a tick.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
    const before = looks;
    await eventually(() => looks > before + 1);
    expect(printed.mock.calls).toEqual([]);
  } finally {
    await background.stop(1_000);
    printed.mockRestore();
    await world.close();
  }
});
