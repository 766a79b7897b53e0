import { z } from 'zod';
import { requestChange } from '../../core/changes/request-change.ts';
import { InvalidInput } from '../../core/errors.ts';
import { type TagAction, tagActions } from '../../core/policies/policy.ts';
import type { ModalAnswer } from '../answers.ts';
import { defineAction, defineModal } from '../define.ts';
import { fieldSentences } from '../error-reply.ts';
import { metadataText } from '../metadata.ts';
import { followChange } from '../policies/follow-change.ts';
import { formId, formKey, policyRef, waitingIn } from '../policies/policy-ref.ts';
import { readPolicyFor } from '../policies/read-policy.ts';
import { EDIT_TAGS, readingTags, TAGS_AGAIN } from './policy-tags.ts';
import { tagProblem, tagsIn } from './tag-lines.ts';
import { ACTION_BLOCK, TAGS_FORM_TITLE, tagsFormView } from './tags-form-view.ts';
import { TAGS_BLOCK } from './tags-input.ts';

export const TAGS_FORM = 'tags:form';

/** The tags that a form may carry without outgrowing Slack's limit of its metadata; a policy can be given ten. */
const MOST_TAGS = 20;

/** The tags as they were shown: what is there already is told at the field. */
const metadata = z.object({
  form: formId,
  project: z.string(),
  policyId: z.string(),
  policyName: z.string(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).max(MOST_TAGS),
});

/** A click on *Change…* below a tag, or on *Add or change several…*: the form, in the place of the tags. */
export const editTagsAction = defineAction({
  id: EDIT_TAGS,
  again: TAGS_AGAIN,
  value: policyRef.extend({ key: z.string().optional() }),
  async run(ctx, { key, ...ref }, origin) {
    await ctx.core.access.assert('manage', ctx.core.projects.get(ref.project), ctx.user);
    return waitingIn(origin, { waiting: readingTags(ref.project), title: TAGS_FORM_TITLE }, async (view) => {
      const { project, policy } = await readPolicyFor(ctx, ref, 'manage');
      const tags = await ctx.core.clouds.of(project.alias).tagsOf(policy.id);
      const form = ctx.core.ids.next();
      const data = {
        form,
        project: project.alias,
        policyId: policy.id,
        policyName: policy.name,
        tags: tags.slice(0, MOST_TAGS),
      };
      const tag = tags.find((one) => one.key === key);
      const action: TagAction = tag === undefined ? 'create' : 'update';
      const text = tag === undefined ? '' : `${tag.key}=${tag.value}`;
      await view.update(
        tagsFormView(
          { project: project.alias, policyName: policy.name, action, text },
          { callbackId: TAGS_FORM, metadata: metadataText(metadata, data) },
        ),
      );
    });
  },
});

/** *Save*: files the change and shows what becomes of it. */
export const tagsFormModal = defineModal({
  id: TAGS_FORM,
  again: TAGS_AGAIN,
  metadata,
  values: z.object({ [ACTION_BLOCK]: z.enum(tagActions), [TAGS_BLOCK]: z.string().nullish() }),
  async submit(ctx, { metadata: shown, values }): Promise<ModalAnswer> {
    const action = values[ACTION_BLOCK];
    const entered = tagsIn(values[TAGS_BLOCK] ?? '');
    const there = new Map(shown.tags.map(({ key, value }) => [key, value]));
    const problem = tagProblem(action, entered, [...there.keys()]);
    if (problem !== undefined) return { errors: { [TAGS_BLOCK]: problem } };
    // A tag goes only by the value that it has.
    const tags = action === 'delete' ? entered.map(({ key }) => ({ key, value: there.get(key) ?? '' })) : entered;
    try {
      const filed = await requestChange(ctx.core, {
        by: ctx.user,
        project: shown.project,
        deed: { kind: 'policy.tags', policyId: shown.policyId, policyName: shown.policyName, action, tags },
        dedupeKey: formKey(ctx, shown.form),
      });
      const { view, after } = followChange(ctx, filed, TAGS_FORM_TITLE);
      return { update: view, after };
    } catch (error) {
      if (error instanceof InvalidInput) return { errors: fieldSentences(error.faults) };
      throw error;
    }
  },
});
