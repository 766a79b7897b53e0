import { z } from 'zod';
import { defineAction } from '../define.ts';
import { runChooser } from './choose-policy.ts';

export const RUN_NOW = 'policies:run-now';

/** A click on *Run now* beside a policy: asks whether to. */
export const runNowAction = defineAction({
  id: RUN_NOW,
  again: '/vbs run',
  value: z.object({ project: z.string(), policy: z.string() }),
  run: (ctx, wish) => runChooser.named(ctx, wish),
});
