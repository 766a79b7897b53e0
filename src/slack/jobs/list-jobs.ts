import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import type { Message } from '../kit.ts';
import { PAGE_SIZE, pageWithin } from '../list-page.ts';
import { jobsView } from './jobs-view.ts';
import { JOB_DETAILS } from './show-job.ts';

export const TURN_JOBS = 'jobs:turn';

/** A page of the tasks that the bot has seen in a project. Asks no cloud. */
export async function listJobs(ctx: Context, project: ManagedProject, asked: number): Promise<Message> {
  const { tasks, watches } = ctx.core.store;
  const read = (page: number) => tasks.list({ project: project.alias }, { offset: page * PAGE_SIZE, limit: PAGE_SIZE });
  const [first, watch] = await Promise.all([read(asked), watches.get(project.alias)]);
  const page = pageWithin(asked, first.total);
  const { items } = page.page === asked ? first : await read(page.page);
  return jobsView(
    { project: project.alias, tasks: items, page, disks: project.disks, watch, now: ctx.now },
    { details: JOB_DETAILS, turn: TURN_JOBS },
  );
}
