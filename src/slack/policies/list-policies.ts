import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import type { Message } from '../kit.ts';
import { PAGE_SIZE, pageWithin } from '../list-page.ts';
import { policiesView } from './policies-view.ts';
import { NEW_POLICY, SHOW_POLICY } from './policy-ref.ts';
import { mayHere } from './read-policy.ts';
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
  const mayRun = await mayHere(ctx, 'run', project);
  const mayManage = await mayHere(ctx, 'manage', project);
  return policiesView(
    { project: project.alias, entries, page, mayRun, mayManage },
    { runNow: RUN_NOW, turn: TURN_POLICIES, show: SHOW_POLICY, create: NEW_POLICY },
  );
}
