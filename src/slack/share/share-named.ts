import { z } from 'zod';
import { findNamedBackups } from '../../core/backups/named-backups.ts';
import type { Context, OpenView } from '../answers.ts';
import { decodeEntities } from '../arguments.ts';
import { defineModal } from '../define.ts';
import { metadataText } from '../metadata.ts';
import { noticeView } from '../notice-view.ts';
import { OutOfDate } from '../out-of-date.ts';
import { noProject } from '../project-picker.ts';
import { openShare, SHARE_AGAIN } from './share-form.ts';
import { NAMED_BLOCK, noneNamed, shareNamedView } from './share-named-view.ts';

export const SHARE_NAMED_FORM = 'share:named-form';

const metadata = z.object({ responseUrl: z.string().optional() });
const chosenShape = z.tuple([z.string(), z.string()]);

/** Shows the form for the backup that a text names; where it names several, asks which one. Throws CannotCheck. */
export async function shareNamed(ctx: Context, view: OpenView, text: string): Promise<void> {
  const mine = await ctx.core.access.projects('request', ctx.user);
  if (mine.length === 0) return view.update(noticeView(noProject().say));
  const named = await findNamedBackups(ctx.core, { by: ctx.user, text: decodeEntities(text) });
  const [only, another] = named.backups;
  if (only === undefined) return view.update(noticeView(noneNamed(named.unread)));
  if (another === undefined) {
    const form = await openShare(ctx, { project: only.project, backupId: only.id });
    await view.update(form.open);
    return form.after?.(view);
  }
  const about = {
    callbackId: SHARE_NAMED_FORM,
    metadata: metadataText(metadata, { responseUrl: ctx.responseUrl }),
    value: ({ project, id }: (typeof named.backups)[number]) => JSON.stringify([project, id]),
  };
  await view.update(shareNamedView(named, about));
}

/** One of several backups, chosen: its form takes the place of the question. */
export const shareNamedModal = defineModal({
  id: SHARE_NAMED_FORM,
  again: SHARE_AGAIN,
  metadata,
  values: z.object({ [NAMED_BLOCK]: z.string() }),
  async submit(ctx, { metadata: { responseUrl }, values }) {
    const chosen = chosenShape.safeParse(fromJson(values[NAMED_BLOCK]));
    if (!chosen.success) throw new OutOfDate(SHARE_AGAIN);
    const [project, backupId] = chosen.data;
    const form = await openShare({ ...ctx, responseUrl }, { project, backupId });
    return { update: form.open, ...(form.after && { after: form.after }) };
  },
});

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
