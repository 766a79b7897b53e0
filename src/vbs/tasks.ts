import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions } from './options.ts';
import { pagesByOffset } from './paging/by-offset.ts';
import { rowsOf } from './paging/rows.ts';
import { timeIn, UnreadableTime } from './time.ts';

export const taskStatuses = [
  'WAITING',
  'RUNNING',
  'EXECUTE_SUCCESS',
  'EXECUTE_FAIL',
  'EXECUTE_TIMEOUT',
  'SKIP',
] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** The backup of one disk in one run of a policy. */
export interface Task {
  readonly id: string;
  /** One of `taskStatuses`, or one that is not known here. */
  readonly status: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
  readonly backupName: string | undefined;
  /** The disk. */
  readonly resourceId: string;
  readonly resourceType: string | undefined;
  /** The job behind it; see `jobs.get`. */
  readonly vbsJobId: string | undefined;
  /** Why it failed, where the cloud tells. */
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
}

export interface Tasks {
  /**
   * The tasks of a policy, each once, by the time they were created, newest first unless `sortDir` says otherwise.
   * Read page by page as they are asked for, `limit` at a time (100 unless given). The cloud keeps 30 days of them.
   */
  tasks(
    policyId: string,
    range?: {
      readonly limit?: number | undefined;
      readonly status?: TaskStatus | undefined;
      readonly sortDir?: 'asc' | 'desc' | undefined;
    },
    options?: CallOptions,
  ): AsyncIterable<Task>;
  /** One page, newest first, and how many there are in all. */
  tasksPage(
    policyId: string,
    range: {
      readonly limit: number;
      readonly offset: number;
      readonly status?: TaskStatus | undefined;
      readonly jobId?: string | undefined;
    },
    options?: CallOptions,
  ): Promise<{ readonly count: number; readonly tasks: readonly Task[] }>;
}

const ordinaryPageSize = 100;

const taskBody = z.object({
  job_id: z.string(),
  status: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullish(),
  backup_name: z.string().nullish(),
  resource_id: z.string(),
  resource_type: z.string().nullish(),
  vbs_job_id: z.string().nullish(),
  code: z.string().nullish(),
  message: z.string().nullish(),
});
type TaskBody = z.infer<typeof taskBody>;

const many = {
  schema: z.object({ count: z.int().nonnegative(), tasks: z.array(taskBody) }),
  map: (wire: { count: number; tasks: TaskBody[] }) => ({ count: wire.count, tasks: wire.tasks.map(toTask) }),
};

/** The tasks of policies. */
export function createTasks(caller: Caller): Tasks {
  const page = async (
    policyId: string,
    query: Readonly<Record<string, string | number | undefined>>,
    signal?: AbortSignal,
  ) => {
    const ids = { policy_id: policyId };
    return (await caller.ask({ operation: 'listPolicyTasks', ids, query, signal }, many)).value;
  };

  return {
    tasks(policyId, range = {}, options = {}) {
      const sortDir = range.sortDir ?? 'desc';
      const query = { sort_key: 'created_at', sort_dir: sortDir, status: range.status };
      const pages = pagesByOffset(
        {
          async page({ offset, limit }, signal) {
            const { count, tasks } = await page(policyId, { ...query, limit, offset }, signal);
            return { items: tasks, total: count };
          },
          idOf: (task: Task) => task.id,
        },
        { limit: range.limit ?? ordinaryPageSize, ahead: 0, signal: options.signal },
      );
      return rowsOf(inOrder(pages, sortDir));
    },
    tasksPage(policyId, range, options = {}) {
      const { limit, offset, status, jobId } = range;
      const query = { sort_key: 'created_at', sort_dir: 'desc', limit, offset, status, job_id: jobId };
      return page(policyId, query, options.signal);
    },
  };
}

/** Some servers may give the order that they like: where it is the other one, all are read, and turned round here. */
async function* inOrder(
  pages: AsyncGenerator<readonly Task[], void, void>,
  sortDir: 'asc' | 'desc',
): AsyncGenerator<readonly Task[], void, void> {
  try {
    const first = await pages.next();
    if (first.done) return;
    if (!isTurnedRound(first.value, sortDir)) {
      yield first.value;
      yield* pages;
      return;
    }
    const rows = [...first.value];
    for await (const page of pages) rows.push(...page);
    yield rows.reverse();
  } finally {
    await pages.return();
  }
}

function isTurnedRound(page: readonly Task[], sortDir: 'asc' | 'desc'): boolean {
  const [first, last] = [page.at(0), page.at(-1)];
  if (first === undefined || last === undefined) return false;
  return sortDir === 'desc' ? first.createdAt < last.createdAt : first.createdAt > last.createdAt;
}

function toTask(wire: TaskBody): Task {
  const createdAt = timeIn(wire.created_at, 'created_at');
  if (createdAt === undefined) throw new UnreadableTime('created_at');
  return {
    id: wire.job_id,
    status: wire.status,
    createdAt,
    finishedAt: timeIn(wire.finished_at, 'finished_at'),
    backupName: wire.backup_name ?? undefined,
    resourceId: wire.resource_id,
    resourceType: wire.resource_type ?? undefined,
    vbsJobId: wire.vbs_job_id ?? undefined,
    errorCode: wire.code || undefined,
    errorMessage: wire.message || undefined,
  };
}
