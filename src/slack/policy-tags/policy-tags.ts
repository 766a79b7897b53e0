import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { requestChange } from '../../core/changes/request-change.ts';
import type { Policy } from '../../core/policies/policy.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import { defineAction } from '../define.ts';
import { oneLine } from '../kit.ts';
import { followChange } from '../policies/follow-change.ts';
import { PolicyChooser } from '../policies/policy-chooser.ts';
import { POLICY_TAGS, policyRef, SHOW_POLICY, waitingIn } from '../policies/policy-ref.ts';
import { mayHere, readPolicyFor } from '../policies/read-policy.ts';
import { policyTagsView, TAGS_TITLE } from './policy-tags-view.ts';

export const EDIT_TAGS = 'tags:edit';
export const REMOVE_TAG = 'tags:remove';
export const TAGS_AGAIN = '/vbs tags';

async function tagsView(
  ctx: Context,
  { project, policy }: { readonly project: ManagedProject; readonly policy: Policy },
): Promise<ModalView> {
  const { id, name } = policy;
  const tags = await ctx.core.clouds.of(project.alias).tagsOf(id);
  const mayManage = await mayHere(ctx, 'manage', project);
  const about = { project: project.alias, policy: { id, name }, tags, mayManage };
  return policyTagsView(about, { edit: EDIT_TAGS, remove: REMOVE_TAG, show: SHOW_POLICY });
}

/** Whose tags are to be shown. */
export const tagsChooser = new PolicyChooser({
  id: 'tags',
  command: TAGS_AGAIN,
  title: TAGS_TITLE,
  action: 'view',
  next: tagsView,
});

/** What is said while tags are read. */
export function readingTags(project: string): string {
  return `Reading the tags of ${oneLine(project)}…`;
}

/** A click on *Tags…* below a policy. */
export const policyTagsAction = defineAction({
  id: POLICY_TAGS,
  again: TAGS_AGAIN,
  value: policyRef,
  run(ctx, ref, origin) {
    return waitingIn(origin, { waiting: readingTags(ref.project), title: TAGS_TITLE }, async (view) =>
      view.update(await tagsView(ctx, await readPolicyFor(ctx, ref, 'view'))),
    );
  },
});

/** A click on *Remove* below a tag. */
export const removeTagAction = defineAction({
  id: REMOVE_TAG,
  again: TAGS_AGAIN,
  value: policyRef.extend({ key: z.string() }),
  async run(ctx, { key, ...ref }, origin) {
    await ctx.core.access.assert('manage', ctx.core.projects.get(ref.project), ctx.user);
    return waitingIn(origin, { waiting: readingTags(ref.project), title: TAGS_TITLE }, async (view) => {
      const { project, policy } = await readPolicyFor(ctx, ref, 'manage');
      const of = { policyId: policy.id, policyName: policy.name };
      const filed = await requestChange(ctx.core, {
        by: ctx.user,
        project: project.alias,
        deed: { kind: 'policy.tags', ...of, action: 'delete', tags: [{ key, value: '' }] },
        dedupeKey: ctx.dedupeKey,
      });
      const followed = followChange(ctx, filed, TAGS_TITLE);
      await view.update(followed.view);
      await followed.after(view);
    });
  },
});
