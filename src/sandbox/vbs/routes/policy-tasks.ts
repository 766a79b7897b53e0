import { AUTO_BACKUP } from '../http/dialects.ts';
import { filterIn, limitIn, numberIn, wordIn } from '../http/query.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import { dropOldTasks } from '../world/policy-runs.ts';
import type { Task } from '../world/types.ts';
import { TASK_STATUSES } from '../world/types.ts';
import { milliseconds } from '../world/wire-times.ts';
import { policyOf } from './policies.ts';

const DEFAULT_LIMIT = 20;

/** The backup tasks that a policy triggered. */
export const policyTaskRoutes: Route[] = [
  {
    name: 'tasks.list',
    isPaged: true,
    method: 'GET',
    path: '/v2/{project_id}/backuppolicy/{policy_id}/backuptasks',
    dialect: AUTO_BACKUP,
    access: 'read',
    handle: list,
  },
];

function list(call: ProjectCall): Answer {
  const policy = policyOf(call);
  dropOldTasks(call.world, policy);
  wordIn(call, 'sort_key', { of: ['created_at'], otherwise: 'created_at' });
  const direction = wordIn(call, 'sort_dir', { of: ['asc', 'desc'], otherwise: 'desc' });
  const limit = limitIn(call, DEFAULT_LIMIT);
  const offset = numberIn(call, 'offset', 0);
  const jobId = filterIn(call, 'job_id');
  const status = statusIn(call);
  const found = policy.tasks.filter(
    (task) => (jobId === null || task.id === jobId) && (status === null || task.status === status),
  );
  if (direction === 'desc') found.reverse();
  const page = found.slice(markerPlace(call, found) + offset).slice(0, limit);
  return { status: 200, body: { tasks: page.map(shown), count: found.length } };
}

function statusIn(call: ProjectCall): Task['status'] | null {
  if (filterIn(call, 'status') === null) return null;
  return wordIn<Task['status']>(call, 'status', { of: TASK_STATUSES, otherwise: 'WAITING' });
}

/** How many to leave out: the marker's task and all before it. */
function markerPlace(call: ProjectCall, found: Task[]): number {
  const marker = filterIn(call, 'marker');
  if (marker === null) return 0;
  const place = found.findIndex((task) => task.id === marker);
  if (place === -1) throw AUTO_BACKUP.malformed(`marker ${marker} not found`);
  return place + 1;
}

function shown(task: Task) {
  return {
    status: task.status,
    job_id: task.id,
    created_at: milliseconds(task.createdAt),
    ...(task.finishedAt === null ? {} : { finished_at: milliseconds(task.finishedAt) }),
    backup_name: task.backupName,
    resource_id: task.diskId,
    resource_type: 'volume',
    ...(task.jobId === null ? {} : { vbs_job_id: task.jobId }),
  };
}
