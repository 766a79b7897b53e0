import { z } from 'zod';
import { orderStop } from '../../core/sharing/stop-sharing.ts';
import type { ModalAnswer, OpenView } from '../answers.ts';
import { defineModal } from '../define.ts';
import { loadingView } from '../notice-view.ts';
import { plural } from '../words.ts';
import { drawStopAll, readStopForm, STOP_ALL_FORM, STOP_ONE_FORM } from './stop-form.ts';
import {
  ALL,
  nothingToStopView,
  STOP_TITLE,
  stopAllMetadata,
  stopAllView,
  stopOneMetadata,
  stoppingView,
} from './stop-view.ts';

const again = '/vbs shares';

/** One sharing, confirmed: it is ordered to stop. Choosing all of them leads to a question of its own. */
export const stopOneModal = defineModal({
  id: STOP_ONE_FORM,
  again,
  metadata: stopOneMetadata,
  values: z.object({ sharing: z.string().nullish() }),
  async submit(ctx, { metadata, values }): Promise<ModalAnswer> {
    const { project, backupId } = metadata;
    const sharingId = metadata.sharingId ?? values.sharing;
    if (!sharingId) return { errors: { sharing: 'Choose the sharing to stop.' } };
    if (sharingId === ALL) {
      return {
        update: loadingView('Counting the sharings of this backup…', STOP_TITLE),
        after: async (view: OpenView) => view.update(await drawStopAll(ctx, { project, backupId })),
      };
    }
    // Read before the order, which may be carried out at once. What had ended before is not told of again.
    const sharing = await ctx.core.store.sharings.get(sharingId);
    await orderStop(ctx.core, { by: ctx.user, project, sharingIds: [sharingId] });
    if (sharing?.state === 'stopped') return { update: nothingToStopView() };
    const { approvalsChannel } = ctx.core.projects.get(project);
    return { update: stoppingView({ project, backup: sharing?.backupName ?? backupId }, 1, approvalsChannel) };
  },
});

/** All sharings of a backup, confirmed by their number: ordered to stop, if that is still their number. */
export const stopAllModal = defineModal({
  id: STOP_ALL_FORM,
  again,
  metadata: stopAllMetadata,
  values: z.object({}),
  submit(ctx, { metadata }): ModalAnswer {
    const { project, backupId } = metadata;
    return {
      update: loadingView('Counting the sharings of this backup once more…', STOP_TITLE),
      after: async (view: OpenView) => {
        const form = await readStopForm(ctx, { project, backupId });
        const number = form.sharings.length;
        if (number === 0) return view.update(nothingToStopView());
        if (number !== metadata.count) {
          const note = `The number has changed meanwhile: it was ${plural(metadata.count, 'sharing')}.`;
          return view.update(stopAllView({ ...form, note }, STOP_ALL_FORM));
        }
        const sharingIds = form.sharings.map((sharing) => sharing.id);
        await orderStop(ctx.core, { by: ctx.user, project, sharingIds });
        return view.update(stoppingView(form, number, ctx.core.projects.get(project).approvalsChannel));
      },
    };
  },
});
