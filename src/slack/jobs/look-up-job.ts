import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { type FoundJob, findJob, readJob } from '../../core/jobs/find-job.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import { defineAction } from '../define.ts';
import type { Message } from '../kit.ts';
import { LIMITS, oneLine, plain } from '../kit.ts';
import { loadingView } from '../notice-view.ts';
import { type JobParts, jobNotFoundView, jobView } from './job-view.ts';

export const JOB_LOOK = 'jobs:look';
export const JOB_STEPS = 'jobs:steps';
const wish = z.object({ project: z.string(), job: z.string() });
const again = '/vbs job';
const TITLE = 'Job';

/** A job as it is now, wherever this person may look. Throws NotFound, CannotCheck. */
export async function searchJob(ctx: Context, id: string): Promise<Message> {
  const answer = await findJob(ctx.core, { by: ctx.user, id });
  if ('unanswered' in answer) return jobNotFoundView(id, answer.unanswered);
  return jobView(jobParts(ctx, answer.found), JOB_LOOK);
}

/** The same in a project that is known. Throws NotFound, NotAllowed, CannotCheck, CloudError. */
export async function lookUpJob(ctx: Context, project: ManagedProject, id: string): Promise<Message> {
  await ctx.core.access.assert('view', project, ctx.user);
  return jobView(jobParts(ctx, await readJob(ctx.core, { project, id })), JOB_LOOK);
}

function jobParts({ core }: Context, { project, job }: FoundJob): JobParts {
  const { backupId } = job;
  const backup = backupId === undefined ? undefined : core.catalogue.peek(project.alias, backupId)?.name;
  return { project: project.alias, job, disks: project.disks, backup, now: core.clock.now() };
}

/** *Look again* below a job that goes on. */
export const lookAgainAction = defineAction({
  id: JOB_LOOK,
  again,
  value: wish,
  run(ctx, { project, job }, origin) {
    const read = () => lookUpJob(ctx, ctx.core.projects.get(project), job);
    if (origin.in !== 'view') return { later: async (reply) => reply.replace(await read()) };
    return { updateView: readingJob(project), after: async (view) => view.update(jobModal(await read())) };
  },
});

/** *Show steps* in the details of a policy's job. */
export const showStepsAction = defineAction({
  id: JOB_STEPS,
  again: '/vbs jobs',
  value: wish,
  async run(ctx, { project: alias, job }) {
    const project = ctx.core.projects.get(alias);
    await ctx.core.access.assert('view', project, ctx.user);
    return {
      push: readingJob(alias),
      after: async (view) => view.update(jobModal(await lookUpJob(ctx, project, job))),
    };
  },
});

function readingJob(alias: string): ModalView {
  return loadingView(`Reading a job of ${oneLine(alias)}…`, TITLE);
}

function jobModal({ blocks }: Message): ModalView {
  return { type: 'modal', title: plain(TITLE), close: plain('Back', LIMITS.viewTitle), blocks };
}
