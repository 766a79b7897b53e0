import { z } from 'zod';
import { defineAction } from '../define.ts';
import { oneLine } from '../kit.ts';
import { defineProjectCommand } from '../project-picker.ts';
import { listPolicies, TURN_POLICIES } from './list-policies.ts';

/** `/vbs policies [project]` */
export const policiesCommand = defineProjectCommand({
  word: 'policies',
  summary: 'lists the backup policies: when they run, what they keep, how the last run went',
  usage: '[project]',
  examples: ['/vbs policies payments'],
  surplus: (args) => args.slice(1),
  action: 'view',
  title: 'Policies',
  waiting: (project) => `Reading the policies of ${oneLine(project.alias)}…`,
  async answer(ctx, { project }, reply) {
    await reply.say(await listPolicies(ctx, project, 0));
  },
});

/** A click on *Previous* or *Next* below the list. */
export const turnPoliciesAction = defineAction({
  id: TURN_POLICIES,
  again: '/vbs policies',
  value: z.object({ project: z.string(), page: z.int().min(0) }),
  run(ctx, { project: alias, page }) {
    const project = ctx.core.projects.get(alias);
    return {
      later: async (reply) => {
        await ctx.core.access.assert('view', project, ctx.user);
        await reply.replace(await listPolicies(ctx, project, page));
      },
      waiting: `Reading the policies of ${oneLine(alias)}…`,
    };
  },
});
