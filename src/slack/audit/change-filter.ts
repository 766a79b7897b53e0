import { z } from 'zod';
import { auditActions, auditOutcomes, BOT } from '../../core/audit.ts';
import type { ActionAnswer, ModalAnswer } from '../answers.ts';
import { filterPart } from '../backups/backups-place.ts';
import { defineAction, defineModal, textOf } from '../define.ts';
import { metadataText } from '../metadata.ts';
import { filterShape, placeShape } from './audit-place.ts';
import { AUDIT_AGAIN, AUDIT_FILTER, drawNewest } from './draw-audit.ts';
import { auditFilterView } from './filter-view.ts';

export const AUDIT_FILTER_FORM = 'audit:filter-form';

/** The project, and the `response_url` of the click, through which the list is replaced. */
const metadata = z.object({ project: z.string(), responseUrl: z.string().optional() });
const text = z.string().nullish();
const several = z.array(z.string()).nullish();
const moment = z.number().nullish();
const values = z.object({
  who: text,
  bot: several,
  actions: several,
  outcome: text,
  text,
  from: moment,
  to: moment,
});

/** *Change filter*: asks what to show. */
export const changeAuditFilterAction = defineAction({
  id: AUDIT_FILTER,
  again: AUDIT_AGAIN,
  value: placeShape,
  async run(ctx, place): Promise<ActionAnswer> {
    await ctx.core.access.assert('audit', ctx.core.projects.get(place.project), ctx.user);
    const carried = metadataText(metadata, { project: place.project, responseUrl: ctx.responseUrl });
    return { open: auditFilterView({ place, callbackId: AUDIT_FILTER_FORM, metadata: carried }) };
  },
});

/** The filter, handed in: the first page of what it lets through takes the place of the list. */
export const auditFilterModal = defineModal({
  id: AUDIT_FILTER_FORM,
  again: AUDIT_AGAIN,
  metadata,
  values,
  async submit(ctx, { metadata: { project, responseUrl }, values: entered }): Promise<ModalAnswer> {
    await ctx.core.access.assert('audit', ctx.core.projects.get(project), ctx.user);
    const { who, bot, from, to } = entered;
    const byBot = bot?.includes(BOT) ?? false;
    if (who && byBot) return { errors: { bot: 'Choose a person or the bot, not both.' } };
    if (from && to && to <= from) return { errors: { to: 'This is before the beginning; choose a later moment.' } };
    const filter = filterOf(entered, byBot ? BOT : who);
    return {
      close: true,
      async after(ownReply) {
        const reply = responseUrl === undefined ? ownReply : ctx.client.replyTo(responseUrl);
        await reply.replace(await drawNewest(ctx, project, filter));
      },
    };
  },
});

function filterOf(entered: z.output<typeof values>, who: string | null | undefined) {
  const actions = auditActions.filter((action) => entered.actions?.includes(action));
  return filterShape.parse({
    who: who ?? undefined,
    // All of them are as good as none, also once there are more.
    actions: actions.length > 0 && actions.length < auditActions.length ? actions : undefined,
    outcome: auditOutcomes.find((outcome) => outcome === entered.outcome),
    text: filterPart(textOf(entered.text ?? null)),
    from: entered.from ?? undefined,
    to: entered.to ?? undefined,
  });
}
