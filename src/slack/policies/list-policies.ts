import { CannotCheck } from '../../core/errors.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import type { Message } from '../kit.ts';
import { PAGE_SIZE, pageWithin } from '../list-page.ts';
import { policiesView } from './policies-view.ts';
import { RUN_NOW } from './run-now.ts';

export const TURN_POLICIES = 'policies:turn';

/** A page of a project's policies, as the cloud has them now, with the last run of each. Throws CloudError. */
export async function listPolicies(ctx: Context, project: ManagedProject, asked: number): Promise<Message> {
  const { clouds, store } = ctx.core;
  const policies = await clouds.of(project.alias).policies();
  const page = pageWithin(asked, policies.length);
  const shown = policies.slice(page.page * PAGE_SIZE, (page.page + 1) * PAGE_SIZE);
  const entries = await Promise.all(
    shown.map(async (policy) => {
      const [lastRun] = await store.runs.newestOf(project.alias, policy.id, 1);
      return { policy, lastRun };
    }),
  );
  const mayRun = await mayRunIn(ctx, project);
  return policiesView({ project: project.alias, entries, page, mayRun }, { runNow: RUN_NOW, turn: TURN_POLICIES });
}

/** The list is of use without its buttons, where who may run it cannot be looked up. */
async function mayRunIn(ctx: Context, project: ManagedProject): Promise<boolean> {
  try {
    return await ctx.core.access.may('run', project, ctx.user);
  } catch (error) {
    if (error instanceof CannotCheck) return false;
    throw error;
  }
}
