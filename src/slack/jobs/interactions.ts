import type { Definition } from '../define.ts';
import { jobsCommand, turnJobsAction } from './jobs-command.ts';
import { showJobAction } from './show-job.ts';

/** What people do with the jobs of policies. */
export const jobsInteractions: readonly Definition[] = [...jobsCommand, turnJobsAction, showJobAction];
