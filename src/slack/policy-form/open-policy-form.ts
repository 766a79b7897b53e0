import { z } from 'zod';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import type { Policy } from '../../core/policies/policy.ts';
import type { Context, OpenView } from '../answers.ts';
import { defineAction } from '../define.ts';
import { loadingView } from '../notice-view.ts';
import { EDIT_POLICY, NEW_POLICY, POLICY_AGAIN, policyRef, readingPolicy, waitingIn } from '../policies/policy-ref.ts';
import { readPolicyFor, runsOf } from '../policies/read-policy.ts';
import { newDraft } from './policy-draft.ts';
import { drawPolicyForm, startOf } from './policy-form.ts';

const NEW_TITLE = 'New policy';

/** Opens the form of a new policy: at once, and filled when the cloud has told what policies there are. */
export async function openNewPolicy(ctx: Context, alias: string) {
  await ctx.core.access.assert('manage', ctx.core.projects.get(alias), ctx.user);
  return {
    open: loadingView(readingPolicy(alias), NEW_TITLE),
    after: (view: OpenView) => fillNew(ctx, view, alias),
  };
}

async function fillNew(ctx: Context, view: OpenView, alias: string): Promise<void> {
  const policies = await ctx.core.clouds.of(alias).policies();
  const taken = namesOf(policies);
  await view.update(drawPolicyForm(ctx, { form: ctx.core.ids.next(), project: alias, taken }, newDraft(policies)));
}

/** The cloud takes ten policies of 64 characters; more than a few more would not fit what a modal carries. */
function namesOf(policies: readonly Policy[]): readonly string[] {
  return policies.map(({ name }) => name.slice(0, CHANGE_LIMITS.name)).slice(0, 20);
}

/** A click on *New policy*. */
export const newPolicyAction = defineAction({
  id: NEW_POLICY,
  again: POLICY_AGAIN,
  value: z.string().min(1),
  run: (ctx, alias) => openNewPolicy(ctx, alias),
});

/** A click on *Edit…*: the form, in the place of the policy. */
export const editPolicyAction = defineAction({
  id: EDIT_POLICY,
  again: POLICY_AGAIN,
  value: policyRef,
  async run(ctx, ref, origin) {
    await ctx.core.access.assert('manage', ctx.core.projects.get(ref.project), ctx.user);
    return waitingIn(origin, { waiting: readingPolicy(ref.project), title: 'Edit a policy' }, async (view) => {
      const { project, policy, policies } = await readPolicyFor(ctx, ref, 'manage');
      const { struckAt } = await runsOf(ctx.core, ref);
      const { id, name, enabled, schedule, retention } = policy;
      const data = {
        form: ctx.core.ids.next(),
        project: project.alias,
        policy: { id, before: { name, enabled, schedule, retention } },
        taken: namesOf(policies.filter((one) => one.id !== id)),
        ...(struckAt && { struckAt: struckAt.toISOString() }),
      };
      await view.update(drawPolicyForm(ctx, data, startOf(data)));
    });
  },
});
