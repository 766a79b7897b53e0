import { defineAction } from '../define.ts';
import { entityId } from '../entity-id.ts';
import { runChooser } from './choose-policy.ts';
import { readRunFor } from './read-run.ts';

export const RUN_AGAIN = 'policies:run-again';

/** A click on *Run again* of a run that could not be started: asks whether to. */
export const runAgainAction = defineAction({
  id: RUN_AGAIN,
  again: '/vbs run',
  value: entityId,
  async run(ctx, runId) {
    const { run } = await readRunFor(ctx.core, { runId, action: 'run', user: ctx.user });
    return runChooser.named(ctx, { project: run.project, policy: run.policyId });
  },
});
