import { z } from 'zod';
import { defineAction } from '../define.ts';
import { drawStopAll, openStop } from './stop-form.ts';

export const STOP_ALL = 'share:stop-all';

/** The value of the button that stops every sharing of a backup. */
const stopAllValue = z.object({ project: z.string(), backupId: z.string() });

/** An owner's click on a button that stops every sharing of a backup: asks once more, with their number. */
export const stopAllAction = defineAction({
  id: STOP_ALL,
  again: '/vbs shares',
  value: stopAllValue,
  run: (ctx, { project, backupId }) => openStop(ctx, project, () => drawStopAll(ctx, { project, backupId })),
});
