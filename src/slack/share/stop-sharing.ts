import { z } from 'zod';
import { prepareStop } from '../../core/sharing/stop-sharing.ts';
import { defineAction } from '../define.ts';
import { drawStopOne, openStop } from './stop-form.ts';
import { nothingToStopView } from './stop-view.ts';

export const STOP_SHARING = 'share:stop-sharing';

/** The value of the button *Stop sharing* of a sharing, whoever made it. */
const stopSharingValue = z.object({ project: z.string(), sharingId: z.string() });

/** An owner's click on *Stop sharing* of one sharing. */
export const stopSharingAction = defineAction({
  id: STOP_SHARING,
  again: '/vbs shares',
  value: stopSharingValue,
  async run(ctx, { project, sharingId }) {
    return openStop(ctx, project, async () => {
      const [sharing] = await prepareStop(ctx.core, { by: ctx.user, project, sharingId });
      if (!sharing) return nothingToStopView();
      return drawStopOne(ctx, { project, backupId: sharing.backupId, preferred: [sharingId] });
    });
  },
});
