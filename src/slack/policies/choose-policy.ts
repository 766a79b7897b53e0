import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { NotFound } from '../../core/errors.ts';
import type { Policy } from '../../core/policies/policy.ts';
import type { Context, ModalAnswer, OpenView } from '../answers.ts';
import { defineAction, defineModal } from '../define.ts';
import { oneLine } from '../kit.ts';
import { loadingView } from '../notice-view.ts';
import { PROJECT_BLOCK } from '../project-picker-view.ts';
import { type ChoosePolicyParts, choosePolicyView, POLICY_BLOCK } from './choose-policy-view.ts';
import { confirmation } from './confirm-run.ts';
import { RUN_TITLE } from './confirm-run-view.ts';

export const CHOOSE_POLICY = 'run:choose';
export const CHOOSE_PROJECT = 'run:project';

/** Another project is chosen: its policies take the place of the former one's. */
const projectAction = defineAction({
  id: CHOOSE_PROJECT,
  again: '/vbs run',
  value: z.string(),
  async run(ctx, alias) {
    const aliases = await runnable(ctx);
    return {
      updateView: chooseView({ aliases, project: alias, policies: 'reading' }),
      after: (view) => showPolicies(ctx, view, { aliases, project: alias }),
    };
  },
});

/** *Continue*: from the policy to the question whether to run it. */
export const choosePolicyModal = defineModal({
  id: CHOOSE_POLICY,
  again: '/vbs run',
  metadata: z.unknown(),
  values: z.object({ [PROJECT_BLOCK]: z.string(), [POLICY_BLOCK]: z.string().nullish() }),
  actions: [projectAction],
  submit(ctx, { values }): ModalAnswer {
    const alias = values[PROJECT_BLOCK];
    const policyId = values[POLICY_BLOCK];
    return {
      update: readingView(alias),
      after: async (view) => {
        const project = ctx.core.projects.get(alias);
        const wish = { aliases: await runnable(ctx), project: alias };
        if (!policyId) return showPolicies(ctx, view, wish);
        const policies = await readPolicies(ctx, alias);
        const policy = policies.find((one) => one.id === policyId);
        if (policy === undefined) throw new NotFound('policy', policyId);
        await view.update(await confirmation(ctx, { project, policy }));
      },
    };
  },
});

/** The form in which a project and one of its policies are chosen. */
export function chooseView(parts: ChoosePolicyParts): ModalView {
  return choosePolicyView(parts, { callbackId: CHOOSE_POLICY, projectAction: CHOOSE_PROJECT });
}

/** What is shown while the cloud is asked. */
export function readingView(alias: string): ModalView {
  return loadingView(`Reading the policies of ${oneLine(alias)}…`, RUN_TITLE);
}

/** Reads the policies of the project into the open form. Throws NotAllowed, CannotCheck or CloudError. */
export async function showPolicies(
  ctx: Context,
  view: OpenView,
  of: { readonly aliases: readonly string[]; readonly project: string },
): Promise<void> {
  await view.update(chooseView({ ...of, policies: await readPolicies(ctx, of.project) }));
}

/** The policies of a project, for a person who may run them. Throws NotAllowed, CannotCheck or CloudError. */
export async function readPolicies(ctx: Context, alias: string): Promise<readonly Policy[]> {
  await ctx.core.access.assert('run', ctx.core.projects.get(alias), ctx.user);
  return ctx.core.clouds.of(alias).policies();
}

async function runnable(ctx: Context): Promise<readonly string[]> {
  return (await ctx.core.access.projects('run', ctx.user)).map((project) => project.alias);
}
