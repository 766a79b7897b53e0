import type { Core } from '../core.ts';
import { NotFound } from '../errors.ts';
import { CloudError, type Failure } from '../failure.ts';
import type { ManagedProject } from '../projects.ts';
import type { Job } from './job.ts';

export interface FoundJob {
  readonly project: ManagedProject;
  readonly job: Job;
}

/** A project whose cloud did not say whether the job is its own. */
export interface Unanswered {
  readonly project: string;
  readonly failure: Failure;
}

/** A job as it is in this project's cloud now. Throws NotFound, CloudError. */
export async function readJob(
  { clouds }: Pick<Core, 'clouds'>,
  { project, id, signal }: { project: ManagedProject; id: string; signal?: AbortSignal },
): Promise<FoundJob> {
  try {
    return { project, job: await clouds.of(project.alias).job(id, signal) };
  } catch (error) {
    if (error instanceof CloudError && error.failure.kind === 'not_found') throw new NotFound('job', id);
    throw error;
  }
}

/**
 * Looks for a job in every project that this person may see, side by side: an id does not tell whose it is. Throws
 * NotFound where every project answered, and none has it; CannotCheck.
 */
export async function findJob(
  core: Core,
  { by, id }: { readonly by: string; readonly id: string },
): Promise<{ readonly found: FoundJob } | { readonly unanswered: readonly Unanswered[] }> {
  const projects = await core.access.projects('view', by);
  const done = new AbortController();
  try {
    return { found: await Promise.any(projects.map((project) => readJob(core, { project, id, signal: done.signal }))) };
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    return { unanswered: unansweredOf(projects, error.errors, id) };
  } finally {
    done.abort();
  }
}

function unansweredOf(projects: readonly ManagedProject[], errors: readonly unknown[], id: string) {
  const unanswered = errors.flatMap((error, index): Unanswered[] => {
    if (error instanceof NotFound) return [];
    if (!(error instanceof CloudError)) throw error;
    return [{ project: projects[index]?.alias ?? '', failure: error.failure }];
  });
  if (unanswered.length === 0) throw new NotFound('job', id);
  return unanswered;
}
