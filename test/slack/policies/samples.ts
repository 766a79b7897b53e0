import type { Failure } from '../../../src/core/failure.ts';
import type { Policy } from '../../../src/core/policies/policy.ts';
import type { PolicyRun, RunTask } from '../../../src/core/policies/policy-run.ts';

export const NOW = new Date('2026-11-20T12:20:00Z');
const MINUTE = 60_000;

/** So many minutes before now. */
export function minutesAgo(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * MINUTE);
}

export const disks: ReadonlyMap<string, string> = new Map([
  ['d0000001-0000-4000-8000-000000000000', 'payments-db-1'],
  ['d0000002-0000-4000-8000-000000000000', 'payments-db-2'],
  ['d0000003-0000-4000-8000-000000000000', 'payments-web-1'],
]);

export const quota: Failure = {
  kind: 'quota',
  code: 'VolumeBackup.0081',
  message: 'quota exceeded',
  explanation: 'The project’s quota of backup capacity is used up.',
  remedy: 'Delete backups that are no longer needed, or have the quota raised.',
  requestId: 'req-1f0b',
};

export const stillRuns: Failure = {
  kind: 'refused',
  code: 'VolumeBackup.0013',
  explanation: 'The previous backup of the disk still runs.',
  remedy: 'Wait until it has ended, then try again.',
};

export const unavailable: Failure = { kind: 'unavailable', requestId: 'req-77' };

/** The task of the disk with this number, begun ten minutes ago. */
export function task(disk: number, status: RunTask['status'], more: Partial<RunTask> = {}): RunTask {
  const ended = status === 'succeeded' || status === 'failed' || status === 'timed_out' || status === 'skipped';
  return {
    id: `task-${disk}`,
    status,
    createdAt: minutesAgo(10),
    finishedAt: ended ? new Date(minutesAgo(10).getTime() + 130_000 + disk * 1_000) : undefined,
    backupName: status === 'succeeded' ? `autobk_a61${disk}` : undefined,
    diskId: `d000000${disk}-0000-4000-8000-000000000000`,
    jobId: `job-${disk}`,
    failure: undefined,
    ...more,
  };
}

/** A run that a person began ten minutes ago, of four disks. */
export function run(more: Partial<PolicyRun> = {}): PolicyRun {
  return {
    id: '01JD0RUN',
    project: 'payments',
    policyId: 'aaaaaaaa-0000-4000-8000-000000000000',
    policyName: 'nightly',
    origin: 'person',
    startedBy: 'UOPS',
    startedAt: minutesAgo(10),
    disks: 4,
    after: undefined,
    state: 'running',
    calledAt: minutesAgo(10),
    deadlineAt: new Date(minutesAgo(10).getTime() + 12 * 60 * MINUTE),
    finishedAt: undefined,
    failure: undefined,
    attempts: 0,
    nextCheckAt: undefined,
    nextRunAt: undefined,
    diskSizes: undefined,
    tasks: [],
    ...more,
  };
}

export function policy(more: Partial<Policy> = {}): Policy {
  return {
    id: 'aaaaaaaa-0000-4000-8000-000000000000',
    name: 'nightly',
    enabled: true,
    disks: 4,
    schedule: { times: ['14:00'], timeZone: 'UTC+08:00', everyDays: 1, weekDays: undefined },
    retention: { keepLast: 7, keepDays: undefined, keepFirstOfMonth: true },
    ...more,
  };
}
