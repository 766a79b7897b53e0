import type { Definition } from '../define.ts';
import { jobCommand } from './job-command.ts';
import { jobsCommand, turnJobsAction } from './jobs-command.ts';
import { lookAgainAction, showStepsAction } from './look-up-job.ts';
import { showJobAction } from './show-job.ts';

/** What people do with the jobs of policies, and any other. */
export const jobsInteractions: readonly Definition[] = [
  ...jobsCommand,
  turnJobsAction,
  showJobAction,
  jobCommand,
  lookAgainAction,
  showStepsAction,
];
