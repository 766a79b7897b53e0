import { type Change, type Deed, openChangeStates } from '../../../src/core/changes/change.ts';
import { type ChangeWish, requestChange } from '../../../src/core/changes/request-change.ts';
import type { Core } from '../../../src/core/core.ts';
import type { PolicyPlan } from '../../../src/core/policies/policy.ts';
import { ADMIN, type CoreWorld, OPERATOR, REQUESTER } from '../../support/core-world.ts';

/** A minute of close looks, then a few hours in ever longer steps. */
const STEPS = [5, 5, 10, 20, 30, 60, 60, 120, 300, 300, 600, 600, 1_200, 1_800, 3_600, 3_600];

export const nightlyPlan: PolicyPlan = {
  name: 'hourly-db',
  enabled: true,
  schedule: { times: ['20:00'], timeZone: 'UTC+08:00', everyDays: 1, weekDays: undefined },
  retention: { keepLast: 7, keepDays: undefined, keepFirstOfMonth: false },
};

/** What a change is asked for by, unless the test says otherwise. */
const askers = { backup: REQUESTER, policy: ADMIN };

let wishes = 0;

/** Files a change in payments, as whoever may ask for it. */
export function ask(core: Core, deed: Deed, about: Partial<ChangeWish> = {}): Promise<Change> {
  wishes += 1;
  const kind = deed.kind.startsWith('policy.') ? 'policy' : 'backup';
  const by = deed.kind === 'backup.create' ? OPERATOR : askers[kind];
  return requestChange(core, { by, project: 'payments', deed, reason: 'PAY-1', dedupeKey: `view-${wishes}`, ...about });
}

/** Lets time pass, in steps, with the work that becomes due in it; no longer than until the change has ended. */
export async function untilEnd(world: CoreWorld, id: string, steps: readonly number[] = STEPS): Promise<Change> {
  await world.work();
  for (const seconds of steps) {
    const change = await world.core.store.changes.get(id);
    if (change && !openChangeStates.some((state) => state === change.state)) return change;
    world.clock.advance(seconds * 1_000);
    await world.work();
  }
  const change = await world.core.store.changes.get(id);
  if (!change) throw new Error('there is no such change');
  return change;
}

/** How often the cloud was asked this, whatever it answered. */
export function calls(world: CoreWorld, route: string): number {
  return world.simulator.log().filter((entry) => entry.route === route).length;
}
