import type { Context, OpenAnswer, OpenView } from '../answers.ts';
import { chooseView, readingView, readPolicies } from './choose-policy.ts';
import { confirmation } from './confirm-run.ts';
import { findPolicies } from './find-policy.ts';

/**
 * Opens the question whether to run a policy, named by its id or name: at once, and filled when the cloud has answered.
 * A name that several policies have asks which one is meant.
 */
export function askToRun(ctx: Context, wish: { readonly project: string; readonly policy: string }): OpenAnswer {
  return { open: readingView(wish.project), after: (view) => fill(ctx, view, wish) };
}

async function fill(
  ctx: Context,
  view: OpenView,
  wish: { readonly project: string; readonly policy: string },
): Promise<void> {
  const project = ctx.core.projects.get(wish.project);
  const found = findPolicies(await readPolicies(ctx, wish.project), wish.policy);
  const [policy, another] = found;
  if (policy === undefined || another !== undefined) {
    return view.update(chooseView({ aliases: [project.alias], project: project.alias, policies: found }));
  }
  await view.update(await confirmation(ctx, { project, policy }));
}
