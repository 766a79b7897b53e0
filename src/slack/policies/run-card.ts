import type { Core } from '../../core/core.ts';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import { defineCard } from '../cards.ts';
import { alertCardView } from './alert-card-view.ts';
import { diskNamesOf } from './read-run.ts';
import { RUN_AGAIN } from './run-again.ts';
import { runCardView } from './run-card-view.ts';
import { SHOW_RUN } from './show-run.ts';

const buttons = { show: SHOW_RUN, again: RUN_AGAIN };

/** The card of a policy's run, in the alerts channel of its project. */
export const runCard = defineCard({
  kind: 'policy-run',
  async render(core, entityId, now) {
    const run = await core.store.runs.get(entityId);
    if (run === undefined) return undefined;
    const disks = diskNamesOf(core, run.project);
    if (run.origin === 'person') return runCardView({ run, disks, now }, buttons);
    return alertCardView({ run, disks, now, lastGood: await lastGoodOf(core, run) }, buttons);
  },
});

function lastGoodOf(core: Core, run: PolicyRun): Promise<ReadonlyMap<string, Date>> {
  const ids = run.tasks.filter((task) => task.status !== 'succeeded').map((task) => task.diskId);
  return ids.length === 0 ? Promise.resolve(new Map()) : core.store.tasks.lastGood(run.project, ids);
}
