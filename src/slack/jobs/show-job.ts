import { z } from 'zod';
import { NotFound } from '../../core/errors.ts';
import { defineAction } from '../define.ts';
import { jobDetailsView } from './job-details-view.ts';
import { JOB_STEPS } from './look-up-job.ts';

export const JOB_DETAILS = 'jobs:details';

/** A click on *Details* beside a job. */
export const showJobAction = defineAction({
  id: JOB_DETAILS,
  again: '/vbs jobs',
  value: z.object({ project: z.string(), task: z.string() }),
  async run(ctx, wish) {
    const project = ctx.core.projects.get(wish.project);
    await ctx.core.access.assert('view', project, ctx.user);
    const [task] = await ctx.core.store.tasks.byIds(project.alias, [wish.task]);
    if (task === undefined) throw new NotFound('job', wish.task);
    return { open: jobDetailsView(task, { disks: project.disks, now: ctx.now, steps: JOB_STEPS }) };
  },
});
