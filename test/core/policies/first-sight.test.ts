import { describe, expect, it } from 'vitest';
import { createCoreWorld, NOW } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

const HALF_HOUR = 30 * 60_000;
const midnight = new Date(NOW).setUTCHours(0, 0, 0, 0);
const times = Array.from({ length: 48 }, (_, at) => new Date(midnight + at * HALF_HOUR + 5_000));

describe.each(databases.slice(0, 1))('a bot that sees the demo’s cloud for the first time, on $name', (database) => {
  it.each(times)('tells of last night’s failed run and of nothing else: at %s', async (start) => {
    const world = await createCoreWorld(database, { start });
    await world.work();
    const { items } = await world.core.store.runs.list({}, { offset: 0, limit: 1_000 });
    const told: string[] = [];
    for (const run of items) {
      if (await world.core.store.cards.placeOf('policy-run', run.id)) told.push(`${run.project} ${run.policyName}`);
    }
    await world.close();
    expect(told).toEqual(['payments nightly']);
  });
});
