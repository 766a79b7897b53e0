import { GATEWAY } from '../http/dialects.ts';
import { isProjectId, isUuid } from '../http/query.ts';
import { Refusal } from '../http/refusal.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import type { Job } from '../world/types.ts';
import { marked } from '../world/wire-times.ts';

/** The jobs behind backups; of v1, although all else is v2. */
export const jobRoutes: Route[] = [
  {
    name: 'jobs.get',
    method: 'GET',
    path: '/v1/{project_id}/jobs/{job_id}',
    dialect: GATEWAY,
    access: 'read',
    handle: get,
  },
];

function get(call: ProjectCall): Answer {
  const id = call.params['job_id'] ?? '';
  // Job ids have either form; 32 hexadecimal characters are also a project's.
  if (!isUuid(id) && !isProjectId(id)) throw GATEWAY.malformed('the job id is not an id');
  const job = call.world.jobs.get(id);
  if (job?.projectId !== call.project.id) throw new Refusal(404, 'common.0011', 'Failed to query the task.');
  return { status: 200, body: shown(job) };
}

interface JobBody {
  status: string;
  entities: Record<string, string>;
  job_id: string;
  job_type: string;
  begin_time: string;
  end_time: string | null;
  error_code: string | null;
  fail_reason: string | null;
  sub_jobs: JobBody[];
}

function shown(job: Job): JobBody {
  return {
    status: job.status,
    entities: job.entities,
    job_id: job.id,
    job_type: job.type,
    begin_time: marked(job.beginAt),
    end_time: job.endAt === null ? null : marked(job.endAt),
    error_code: job.errorCode,
    fail_reason: job.failReason,
    sub_jobs: job.subJobs.map(shown),
  };
}
