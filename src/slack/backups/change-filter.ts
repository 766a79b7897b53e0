import { z } from 'zod';
import { backupStatuses } from '../../core/backups/backup.ts';
import type { ActionAnswer } from '../answers.ts';
import { defineAction, defineModal, textOf } from '../define.ts';
import { metadataText } from '../metadata.ts';
import { filterPart, filterShape, placeShape } from './backups-place.ts';
import { BACKUPS_AGAIN, BACKUPS_FILTER, drawBackups } from './draw-backups.ts';
import { filterView } from './filter-view.ts';

export const BACKUPS_FILTER_FORM = 'backups:filter-form';

/** The project, and the `response_url` of the click, through which the list is replaced. */
const metadata = z.object({ project: z.string(), responseUrl: z.string().optional() });
const text = z.string().nullish();

/** *Change filter*: asks what to show. */
export const changeFilterAction = defineAction({
  id: BACKUPS_FILTER,
  again: BACKUPS_AGAIN,
  value: placeShape,
  async run(ctx, place): Promise<ActionAnswer> {
    await ctx.core.access.assert('view', ctx.core.projects.get(place.project), ctx.user);
    const carried = metadataText(metadata, { project: place.project, responseUrl: ctx.responseUrl });
    return { open: filterView({ place, callbackId: BACKUPS_FILTER_FORM, metadata: carried }) };
  },
});

/** The filter, handed in: the first page of what it lets through takes the place of the list. */
export const filterModal = defineModal({
  id: BACKUPS_FILTER_FORM,
  again: BACKUPS_AGAIN,
  metadata,
  values: z.object({ name: text, status: text, disk: text }),
  async submit(ctx, { metadata: { project, responseUrl }, values }) {
    await ctx.core.access.assert('view', ctx.core.projects.get(project), ctx.user);
    const filter = filterShape.parse({
      name: filterPart(textOf(values.name ?? null)),
      status: backupStatuses.find((status) => status === values.status),
      disk: filterPart(textOf(values.disk ?? null)),
    });
    return {
      close: true,
      async after(ownReply) {
        const list = await drawBackups(ctx, { project, page: 1, filter });
        await (responseUrl === undefined ? ownReply : ctx.client.replyTo(responseUrl)).replace(list);
      },
    };
  },
});
