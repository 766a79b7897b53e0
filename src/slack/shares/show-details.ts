import { z } from 'zod';
import type { Core } from '../../core/core.ts';
import { NotFound } from '../../core/errors.ts';
import { CloudError } from '../../core/failure.ts';
import type { Sharing } from '../../core/sharing/sharing.ts';
import type { Context } from '../answers.ts';
import { maybe } from '../backups/read-backup.ts';
import { defineAction } from '../define.ts';
import { oneLine } from '../kit.ts';
import { loadingView } from '../notice-view.ts';
import { LINK_PREFIX } from '../registry.ts';
import { STOP_SHARING } from '../share/stop-sharing.ts';
import { SHARES_AGAIN, SHARES_DETAILS } from './draw-shares.ts';
import { directions } from './shares-place.ts';
import { type SharingDetails, sharingDetailsView } from './sharing-details-view.ts';
import { isOfProject, sharingEntry } from './sharing-entry.ts';

const ids = { stop: STOP_SHARING, request: `${LINK_PREFIX}request` };

const one = z.object({ project: z.string(), direction: z.enum(directions), sharingId: z.string() });
type Which = z.output<typeof one>;

/** *Details* of an entry of the list. */
export const sharingDetailsAction = defineAction({
  id: SHARES_DETAILS,
  again: SHARES_AGAIN,
  value: one,
  async run(ctx, which) {
    await ctx.core.access.assert('view', ctx.core.projects.get(which.project), ctx.user);
    return {
      open: loadingView(`Reading a sharing of ${oneLine(which.project)}…`, 'Sharing'),
      after: async (view) => view.update(sharingDetailsView(await readDetails(ctx, which), { ids, now: ctx.now })),
    };
  },
});

async function readDetails(ctx: Context, { project: alias, direction, sharingId }: Which): Promise<SharingDetails> {
  const { core, user } = ctx;
  const project = core.projects.get(alias);
  const at = core.clock.now();
  const sharing = await readSharing(core, alias, sharingId);
  if (!isOfProject(sharing, project, direction)) throw new NotFound('sharing', sharingId);
  const entry = await sharingEntry(core, sharing, at);
  const mayStop = direction === 'out' && (await maybe(core.access.may('stop', project, user)));
  const card = direction === 'out' && entry.request ? await cardLink(ctx, entry.request.id) : undefined;
  return { entry, project: alias, direction, disks: project.disks, mayStop, card };
}

async function readSharing(core: Core, project: string, id: string): Promise<Sharing> {
  try {
    return await core.clouds.of(project).sharing(id);
  } catch (error) {
    if (error instanceof CloudError && error.failure.kind === 'not_found') throw new NotFound('sharing', id);
    throw error;
  }
}

async function cardLink({ core, client }: Context, requestId: string): Promise<string | undefined> {
  const posted = await core.store.cards.messageOf('share-request', requestId);
  return posted && client.permalink(posted.channel, posted.ts);
}
