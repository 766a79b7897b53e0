import { z } from 'zod';
import type { ActionAnswer, Context, Posted, Reply } from '../answers.ts';
import { defineAction, defineModal } from '../define.ts';
import { oneLine } from '../kit.ts';
import { metadataText } from '../metadata.ts';
import { mention } from '../people-words.ts';
import { isSlackError } from '../slack-calls.ts';
import { recordFile } from './audit-file.ts';
import { placeShape, type RecordPlace, storeFilter } from './audit-place.ts';
import { AUDIT_AGAIN, AUDIT_EXPORT } from './draw-audit.ts';
import {
  type Destination,
  destinations,
  type Exported,
  exportedView,
  exportToldView,
  exportView,
  mayNotUploadView,
} from './export-view.ts';

export const AUDIT_EXPORT_FORM = 'audit:export-form';

const metadata = z.object({
  place: placeShape,
  channel: z.string().optional(),
  responseUrl: z.string().optional(),
});

/** Slack's words where the bot cannot post in a channel. */
const notThere = ['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'] as const;

/** *Export as CSV…*: asks where to put the file. */
export const exportAuditAction = defineAction({
  id: AUDIT_EXPORT,
  again: AUDIT_AGAIN,
  value: placeShape,
  async run(ctx, place): Promise<ActionAnswer> {
    const project = ctx.core.projects.get(place.project);
    await ctx.core.access.assert('audit', project, ctx.user);
    const { total } = await ctx.core.store.audit.list(storeFilter(place), { offset: 0, limit: 1 });
    const channel = ctx.channel?.startsWith('D') ? undefined : ctx.channel;
    const ofProject = channel === project.approvalsChannel || channel === project.alertsChannel;
    return {
      open: exportView({
        place,
        total,
        channel,
        first: ofProject ? 'thread' : 'direct',
        callbackId: AUDIT_EXPORT_FORM,
        metadata: metadataText(metadata, { place, channel, responseUrl: ctx.responseUrl }),
      }),
    };
  },
});

/** Where to, handed in: the file is made and put there. */
export const exportAuditModal = defineModal({
  id: AUDIT_EXPORT_FORM,
  again: AUDIT_AGAIN,
  metadata,
  values: z.object({ where: z.enum(destinations) }),
  async submit(ctx, { metadata: { place, channel, responseUrl }, values: { where } }) {
    await ctx.core.access.assert('audit', ctx.core.projects.get(place.project), ctx.user);
    return {
      close: true,
      after: async (ownReply) => {
        const reply = responseUrl === undefined ? ownReply : ctx.client.replyTo(responseUrl);
        await exportTo(ctx, place, { reply, where, channel });
      },
    };
  },
});

async function exportTo(
  ctx: Context,
  place: RecordPlace,
  to: { readonly reply: Reply; readonly where: Destination; readonly channel: string | undefined },
): Promise<void> {
  const { file, rows, more } = await recordFile(ctx, place);
  const name = await ctx.client.nameOf(ctx.user);
  const exported: Exported = { place, rows, more, by: name === undefined ? mention(ctx.user) : oneLine(name) };
  const { posted, refused } = await post(ctx, exported, to.where === 'thread' ? to.channel : undefined);
  try {
    await ctx.client.upload(posted, file);
  } catch (error) {
    await ctx.client.change(posted, exportedView(exported, 'failed'));
    if (!isSlackError(error, 'missing_scope')) throw error;
    return to.reply.say(mayNotUploadView());
  }
  const isThere = exportedView(exported, 'there');
  // It says then that the file follows, and there it is.
  await ctx.client.change(posted, isThere).catch((err: unknown) => {
    ctx.core.log.warn({ err }, 'the message above an exported file could not be changed');
  });
  const link = await ctx.client.permalink(posted.channel, posted.ts);
  await to.reply.say(exportToldView({ link, rows, refused }));
}

/** Says in the channel what follows in the thread; where the bot may not write, to the person. */
async function post(
  ctx: Context,
  exported: Exported,
  channel: string | undefined,
): Promise<{ readonly posted: Posted; readonly refused: string | undefined }> {
  const said = exportedView(exported, 'coming');
  if (channel === undefined) return { posted: await ctx.client.post(ctx.user, said), refused: undefined };
  try {
    return { posted: await ctx.client.post(channel, said), refused: undefined };
  } catch (error) {
    if (!isSlackError(error, ...notThere)) throw error;
    return { posted: await ctx.client.post(ctx.user, said), refused: channel };
  }
}
