import type { Job } from './types.ts';
import type { World } from './world.ts';

export interface Failure {
  code: string;
  reason: string;
}

/** A job of a project, put into the world; it is still to begin. */
export function addJob(world: World, of: { projectId: string; type: string; entities: Record<string, string> }): Job {
  const job = newJob(world, of);
  world.jobs.set(job.id, job);
  return job;
}

/** The job runs and takes steps: all but the last are done at once, the last goes on until the job ends. */
export function beginSteps(world: World, job: Job, steps: { types: string[]; entities: Record<string, string> }): void {
  job.status = 'RUNNING';
  job.subJobs = steps.types.map((type, place) => {
    const step = newJob(world, { projectId: job.projectId, type, entities: { ...steps.entities } });
    const isDone = place < steps.types.length - 1;
    step.status = isDone ? 'SUCCESS' : 'RUNNING';
    step.endAt = isDone ? world.now : null;
    return step;
  });
}

/** Ends a job and the steps that it has not ended yet, well or with a failure. */
export function endJob(world: World, job: Job, failure: Failure | null): void {
  for (const one of [...job.subJobs.filter((sub) => sub.endAt === null), job]) {
    one.status = failure === null ? 'SUCCESS' : 'FAIL';
    one.endAt = world.now;
    one.errorCode = failure?.code ?? null;
    one.failReason = failure?.reason ?? null;
  }
}

function newJob(world: World, of: { projectId: string; type: string; entities: Record<string, string> }): Job {
  return {
    id: world.ids.nextHex('job'),
    projectId: of.projectId,
    type: of.type,
    status: 'INIT',
    beginAt: world.now,
    endAt: null,
    errorCode: null,
    failReason: null,
    entities: of.entities,
    subJobs: [],
  };
}
