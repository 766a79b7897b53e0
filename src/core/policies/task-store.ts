import type { Page, PageOf } from '../page.ts';
import type { RunTask } from './policy-run.ts';

/** A task as it is put down, with where it belongs. */
export interface TaskRow extends RunTask {
  readonly project: string;
  readonly policyId: string;
  readonly policyName: string;
  readonly runId: string;
}

/** What is known of a policy's tasks: those not final yet, failed ones whose reason is still unread, the newest of all. */
export interface KnownTasks {
  readonly open: readonly TaskRow[];
  readonly unread: readonly TaskRow[];
  readonly newest: Pick<TaskRow, 'id' | 'createdAt'> | undefined;
}

export interface TaskStore {
  /** What is known of each of these policies; a policy without tasks is left out. Two queries, however many they are. */
  known(project: string, policyIds: readonly string[]): Promise<ReadonlyMap<string, KnownTasks>>;
  /** Of these task ids, the rows that are known. */
  byIds(project: string, taskIds: readonly string[]): Promise<readonly TaskRow[]>;
  /** Inserts new tasks and writes those that changed, nothing else. */
  put(tasks: readonly TaskRow[]): Promise<void>;
  /** Failures first, then those going on, then the newest. */
  list(filter: { project: string }, page: PageOf): Promise<Page<TaskRow>>;
  /** The newest successful task of each disk. */
  lastGood(project: string, diskIds: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** The newest task of each disk, whatever became of it. */
  newestOfDisks(project: string): Promise<readonly TaskRow[]>;
}
