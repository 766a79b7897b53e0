import { NotFound } from '../../core/errors.ts';
import { defineAction } from '../define.ts';
import { entityId } from '../entity-id.ts';
import { drawStopOne, openStop } from './stop-form.ts';

export const STOP = 'share:stop';

/** An owner's click on *Stop sharing* of a request's card: about the sharings that came of it. */
export const stopAction = defineAction({
  id: STOP,
  again: '/vbs shares',
  value: entityId,
  async run(ctx, requestId) {
    const request = await ctx.core.store.shareRequests.get(requestId);
    if (!request) throw new NotFound('request', requestId);
    const { project, backupId } = request;
    const preferred = request.targets.flatMap(({ sharingId }) => (sharingId === undefined ? [] : [sharingId]));
    return openStop(ctx, project, () => drawStopOne(ctx, { project, backupId, preferred }));
  },
});
