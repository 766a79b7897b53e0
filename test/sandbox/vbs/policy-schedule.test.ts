import { describe, expect, test } from 'vitest';
import { at, DISK, each, PAYMENTS } from './cloud.ts';
import { HOUR, policyCloud, SECOND, TASKS } from './policy-cloud.ts';

describe('the schedule', () => {
  test('strikes by the clock, once, at its time and no sooner', async () => {
    const { client, clock } = await policyCloud();
    clock.advance(14 * HOUR - 1);
    expect(at((await client.get(TASKS)).body, 'count')).toBe(0);
    clock.advance(1);
    const { body } = await client.get(TASKS);
    expect([at(body, 'count'), each(body, 'tasks', 'created_at')]).toEqual([
      2,
      ['2026-03-11T02:00:00.000', '2026-03-11T02:00:00.000'],
    ]);
  });

  test('is caught up after days at which nobody asked, each run at its own time', async () => {
    const { client, clock, as } = await policyCloud();
    clock.advance(14 * HOUR + 2 * 24 * HOUR + HOUR);
    const fresh = await as('owner', PAYMENTS);
    expect((await client.get(TASKS)).status).toBe(401);
    const { body } = await fresh.get(`${TASKS}?sort_dir=asc`);
    expect(each(body, 'tasks', 'finished_at')).toEqual(
      ['11', '12', '13'].flatMap((day) => [`2026-03-${day}T02:01:05.000`, `2026-03-${day}T02:01:10.000`]),
    );
  });

  test('skips a disk whose previous backup still runs', async () => {
    const { clock, run, sim, statuses } = await policyCloud();
    clock.advance(14 * HOUR - 10 * SECOND);
    sim.setFaults({ slowBackup: { diskId: DISK, factor: 5 } });
    await run();
    clock.advance(200 * SECOND);
    expect(await statuses()).toEqual(['RUNNING', 'EXECUTE_SUCCESS', 'SKIP', 'SKIP']);
  });
});
