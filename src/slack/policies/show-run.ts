import { z } from 'zod';
import { defineAction } from '../define.ts';
import { entityId } from '../entity-id.ts';
import { readRunFor } from './read-run.ts';
import { runDetailsView } from './run-details-view.ts';

export const SHOW_RUN = 'policies:show-run';
export const TURN_RUN = 'policies:turn-run';

/** A click on *Show run*: every disk of it. */
export const showRunAction = defineAction({
  id: SHOW_RUN,
  again: '/vbs policies',
  value: entityId,
  async run(ctx, runId, origin) {
    const { run, project } = await readRunFor(ctx.core, { runId, action: 'view', user: ctx.user });
    const view = runDetailsView(run, project.disks, { page: 0, turn: TURN_RUN });
    return origin.in === 'view' ? { push: view } : { open: view };
  },
});

/** A click on *Previous* or *Next* in there. */
export const turnRunAction = defineAction({
  id: TURN_RUN,
  again: '/vbs policies',
  value: z.object({ run: entityId, page: z.int().min(0) }),
  async run(ctx, { run: runId, page }) {
    const { run, project } = await readRunFor(ctx.core, { runId, action: 'view', user: ctx.user });
    return { updateView: runDetailsView(run, project.disks, { page, turn: TURN_RUN }) };
  },
});
