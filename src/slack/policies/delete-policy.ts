import { z } from 'zod';
import { requestChange } from '../../core/changes/request-change.ts';
import type { ModalAnswer } from '../answers.ts';
import { defineAction, defineModal } from '../define.ts';
import { metadataText } from '../metadata.ts';
import { DELETE_TITLE, deletePolicyView, NAME_BLOCK } from './delete-policy-view.ts';
import { followChange } from './follow-change.ts';
import { DELETE_POLICY, formId, formKey, POLICY_AGAIN, policyRef, readingPolicy, waitingIn } from './policy-ref.ts';
import { readPolicyFor } from './read-policy.ts';

export const CONFIRM_DELETE = 'policy:confirm-delete';

/** As many as fit into what a modal carries; the number of all is carried beside them. */
const MOST_IDS = 50;

/** The policy as it was shown. */
const metadata = z.object({
  form: formId,
  project: z.string(),
  policyId: z.string(),
  policyName: z.string(),
  disks: z.int().min(0),
  diskIds: z.array(z.string()).max(MOST_IDS),
});

/** A click on *Delete…*: asks, in the place of the policy. */
export const deletePolicyAction = defineAction({
  id: DELETE_POLICY,
  again: POLICY_AGAIN,
  value: policyRef,
  async run(ctx, ref, origin) {
    await ctx.core.access.assert('manage', ctx.core.projects.get(ref.project), ctx.user);
    return waitingIn(origin, { waiting: readingPolicy(ref.project), title: DELETE_TITLE }, async (view) => {
      const { project, policy, disks } = await readPolicyFor(ctx, ref, 'manage');
      const diskIds = disks.of(policy.id);
      const shown = {
        form: ctx.core.ids.next(),
        project: project.alias,
        policyId: policy.id,
        policyName: policy.name,
        disks: policy.disks,
        diskIds: diskIds.slice(0, MOST_IDS),
      };
      await view.update(
        deletePolicyView(
          { project: project.alias, policy, diskIds, names: project.disks },
          { callbackId: CONFIRM_DELETE, metadata: metadataText(metadata, shown) },
        ),
      );
    });
  },
});

/** *Delete*, with the name typed. */
export const deletePolicyModal = defineModal({
  id: CONFIRM_DELETE,
  again: POLICY_AGAIN,
  metadata,
  values: z.object({ [NAME_BLOCK]: z.string().nullish() }),
  async submit(ctx, { metadata: shown, values }): Promise<ModalAnswer> {
    const { project, form, ...of } = shown;
    if (values[NAME_BLOCK]?.trim() !== of.policyName) {
      return { errors: { [NAME_BLOCK]: `Type the policy’s name as it is: ${of.policyName}` } };
    }
    const filed = await requestChange(ctx.core, {
      by: ctx.user,
      project,
      deed: { kind: 'policy.delete', ...of },
      dedupeKey: formKey(ctx, form),
    });
    const { view, after } = followChange(ctx, filed, DELETE_TITLE);
    return { update: view, after };
  },
});
