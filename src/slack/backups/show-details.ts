import { z } from 'zod';
import { DELETE_BEGIN } from '../backup-forms/delete-form.ts';
import { RESTORE_BEGIN } from '../backup-forms/restore-form.ts';
import { defineAction } from '../define.ts';
import { oneLine } from '../kit.ts';
import { metadataText, readMetadata } from '../metadata.ts';
import { loadingView } from '../notice-view.ts';
import { openShare } from '../share/share-form.ts';
import { STOP_ALL } from '../share/stop-all.ts';
import { STOP_SHARING } from '../share/stop-sharing.ts';
import { backupDetailsView } from './backup-details-view.ts';
import { BACKUPS_AGAIN, BACKUPS_DETAILS } from './draw-backups.ts';
import { readBackup } from './read-backup.ts';

export const BACKUPS_SHARE = 'backups:share';
const ids = {
  share: BACKUPS_SHARE,
  stop: STOP_SHARING,
  stopAll: STOP_ALL,
  restore: RESTORE_BEGIN,
  delete: DELETE_BEGIN,
};

const one = z.object({ project: z.string(), backupId: z.string() });
/** Through it a request that begins here is answered where the list is. */
const metadata = z.object({ responseUrl: z.string().optional() });

/** *Details* of an entry of the list. */
export const backupDetailsAction = defineAction({
  id: BACKUPS_DETAILS,
  again: BACKUPS_AGAIN,
  value: one,
  async run(ctx, { project: alias, backupId }) {
    const project = ctx.core.projects.get(alias);
    await ctx.core.access.assert('view', project, ctx.user);
    const carried = metadataText(metadata, { responseUrl: ctx.responseUrl });
    return {
      open: loadingView(`Reading a backup of ${oneLine(alias)}…`, 'Backup'),
      after: async (view) => {
        const details = await readBackup(ctx, project, backupId);
        await view.update(backupDetailsView(details, { ids, now: ctx.now, metadata: carried }));
      },
    };
  },
});

/** *Share* in the details: the form that asks for it, filled in. */
export const shareBackupAction = defineAction({
  id: BACKUPS_SHARE,
  again: BACKUPS_AGAIN,
  value: one,
  run(ctx, wish, origin) {
    const carried = origin.in === 'view' ? readMetadata(metadata, origin.view, BACKUPS_AGAIN).responseUrl : undefined;
    return openShare({ ...ctx, responseUrl: carried ?? ctx.responseUrl }, wish);
  },
});
