import { z } from 'zod';
import { type InputFault, InvalidInput } from '../../core/errors.ts';
import { requestShare, TARGETS_MAX } from '../../core/sharing/request-share.ts';
import type { ShareRequest } from '../../core/sharing/share-request.ts';
import { missingApprovals } from '../../core/votes.ts';
import type { Reply } from '../answers.ts';
import { tooFewOwners } from '../deciding/too-few-owners.ts';
import { defineModal, textOf } from '../define.ts';
import { fieldSentences } from '../error-reply.ts';
import type { Message } from '../kit.ts';
import { sentence } from '../sentence.ts';
import { count, marked } from '../words.ts';
import { shareBackupAction, shareBackupOptions } from './share-backup.ts';
import { drawForm, SHARE_AGAIN, SHARE_FORM, shareMetadata } from './share-form.ts';
import { shareProjectAction } from './share-project.ts';
import { shareWords } from './share-words.ts';

const values = z.object({
  project: z.string().nullish(),
  backup: z.string().nullish(),
  targets: z.array(z.string()).default([]),
  ids: z.string().nullish(),
  reason: z.string().nullish(),
  endsAt: z.number().nullish(),
});

/** The form, handed in: the request is filed, its card is on its way to the owners. */
export const shareModal = defineModal({
  id: SHARE_FORM,
  again: SHARE_AGAIN,
  metadata: shareMetadata,
  values,
  actions: [shareProjectAction, shareBackupAction, shareBackupOptions],
  async submit(ctx, form) {
    const { project: shown, responseUrl } = form.metadata;
    const { project: alias, backup, targets, reason, endsAt } = form.values;
    if (!alias) return { errors: { project: 'Choose the project that the backup belongs to.' } };
    const project = ctx.core.projects.get(alias);
    // The form of the project that was chosen last has not been drawn yet.
    if (alias !== shown) return { update: await drawForm(ctx, { project, responseUrl }) };
    const typed = (textOf(form.values.ids ?? null) ?? '')
      .split(/[\s,;]+/)
      .filter((id) => id !== '')
      .map((id) => id.toLowerCase());
    try {
      const request = await requestShare(ctx.core, {
        by: ctx.user,
        project: alias,
        backupId: backup ?? '',
        targets: [...targets, ...typed],
        reason: reason ?? '',
        endsAt: endsAt == null ? undefined : new Date(endsAt * 1000),
        dedupeKey: ctx.dedupeKey,
      });
      return {
        clear: true,
        after: async (reply: Reply) => {
          const said = filed(request, project.approvalsChannel, await tooFewOwners(ctx.core, request));
          await (responseUrl === undefined ? reply : ctx.client.replyTo(responseUrl)).say(said);
        },
      };
    } catch (error) {
      if (error instanceof InvalidInput) return { errors: errorsOf(error.faults, typed) };
      throw error;
    }
  },
});

/** The card may stand in a channel that the requester does not see, so they are told where they are told. */
function filed(request: ShareRequest, channel: string, warning: string | undefined): Message {
  const missing = missingApprovals(request);
  const owners = `${count(missing)} ${missing === 1 ? 'approval' : 'approvals'}`;
  const what = `Your request to share ${shareWords(request)} waits for ${owners} in <#${channel}>.`;
  const told = 'You get a direct message with the outcome; `/vbs requests` shows it too.';
  const waiting = marked('waiting', `${what} ${told}`);
  return sentence(warning === undefined ? waiting : `${waiting}\n${warning}`);
}

/** The sentence of each fault at the field that it is about. A project's own name is never offered, so it was typed. */
function errorsOf(faults: readonly InputFault[], typed: readonly string[]): Readonly<Record<string, string>> {
  const placed = faults.map((fault) => {
    const own = fault.rule === 'own_project' && typed.length > 0;
    const ofTyped = own || (fault.about !== undefined && typed.includes(fault.about));
    return fault.field === 'targets' && ofTyped ? { ...fault, field: 'ids' } : fault;
  });
  const own = placed.flatMap((fault) => {
    const text = ownWords(fault);
    return text === undefined ? [] : [[fault.field, text] as const];
  });
  // As everywhere, the first fault of a field counts.
  return { ...fieldSentences(placed), ...Object.fromEntries(own.reverse()) };
}

function ownWords({ field, rule, about }: InputFault): string | undefined {
  if (field === 'backup' && rule === 'malformed') return 'Choose a backup from the list.';
  if (field === 'targets' && rule === 'required') return 'Choose at least one project.';
  if (field === 'targets' && rule === 'too_long') return `Choose at most ${TARGETS_MAX} projects.`;
  if (field === 'ids' && rule === 'malformed') return `“${about}” is no project id: that has 32 hex digits.`;
  return undefined;
}
