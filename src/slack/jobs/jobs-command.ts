import { z } from 'zod';
import { defineAction } from '../define.ts';
import { oneLine } from '../kit.ts';
import { defineProjectCommand } from '../project-picker.ts';
import { listJobs, TURN_JOBS } from './list-jobs.ts';

/** `/vbs jobs [project]` */
export const jobsCommand = defineProjectCommand({
  word: 'jobs',
  summary: 'lists what the policies backed up, disk by disk, failures first',
  usage: '[project]',
  examples: ['/vbs jobs payments'],
  surplus: (args) => args.slice(1),
  action: 'view',
  title: 'Backup jobs',
  waiting: (project) => `Looking up the jobs of ${oneLine(project.alias)}…`,
  async answer(ctx, { project }, reply) {
    await reply.say(await listJobs(ctx, project, 0));
  },
});

/** A click on *Previous* or *Next* below the list. */
export const turnJobsAction = defineAction({
  id: TURN_JOBS,
  again: '/vbs jobs',
  value: z.object({ project: z.string(), page: z.int().min(0) }),
  async run(ctx, { project: alias, page }) {
    const project = ctx.core.projects.get(alias);
    await ctx.core.access.assert('view', project, ctx.user);
    return { replace: await listJobs(ctx, project, page) };
  },
});
