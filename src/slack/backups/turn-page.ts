import { defineAction } from '../define.ts';
import { placeShape } from './backups-place.ts';
import { BACKUPS_AGAIN, BACKUPS_PAGE, drawBackups, readingBackups } from './draw-backups.ts';

/** *← Newer*, *Older →* and *Show all*: another page in the place of the list that was clicked. */
export const turnPageAction = defineAction({
  id: BACKUPS_PAGE,
  again: BACKUPS_AGAIN,
  value: placeShape,
  run: (ctx, place) => ({
    later: async (reply) => reply.replace(await drawBackups(ctx, place)),
    waiting: readingBackups(place.project),
  }),
});
