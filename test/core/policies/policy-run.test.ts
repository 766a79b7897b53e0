import { describe, expect, it } from 'vitest';
import type { TaskStatus } from '../../../src/core/policies/policy.ts';
import { countTasks, hasFailures, type RunTask, runStateAt } from '../../../src/core/policies/policy-run.ts';

const START = new Date('2026-11-20T02:00:00Z');
const GATHER = 15 * 60_000;

function tasks(...statuses: TaskStatus[]): RunTask[] {
  return statuses.map((status, index) => ({
    id: `t${index}`,
    status,
    createdAt: START,
    finishedAt: undefined,
    backupName: undefined,
    diskId: `d${index}`,
    jobId: undefined,
    failure: undefined,
  }));
}

function at(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

function run(disks: number, origin: 'person' | 'schedule', ...statuses: TaskStatus[]) {
  return { disks, origin, tasks: tasks(...statuses), startedAt: START, deadlineAt: at(720) };
}

describe('a followed run', () => {
  it.each([
    ['no task has appeared', run(2, 'person'), 5, 'running'],
    ['a disk has no task yet', run(2, 'person', 'succeeded'), 30, 'running'],
    ['a task still runs', run(2, 'person', 'succeeded', 'running'), 30, 'running'],
    ['every disk is final', run(2, 'person', 'succeeded', 'failed'), 5, 'done'],
    ['time-outs and skips are final', run(2, 'schedule', 'timed_out', 'skipped'), 5, 'done'],
    ['a scheduled run misses a disk, but no more can come', run(2, 'schedule', 'succeeded'), 16, 'done'],
    ['a scheduled run misses a disk that may still come', run(2, 'schedule', 'succeeded'), 14, 'running'],
    ['the deadline has passed', run(2, 'person', 'succeeded', 'running'), 720, 'overdue'],
    ['the deadline has passed without a task', run(2, 'person'), 721, 'overdue'],
    ['the status is one nobody knows', run(1, 'person', 'unknown'), 5, 'running'],
  ] as const)('when %s', (_, followed, minutes, state) => {
    expect(runStateAt(followed, at(minutes), GATHER)).toBe(state);
  });

  it('counts disks by outcome, those without a task as open', () => {
    const followed = run(6, 'person', 'succeeded', 'failed', 'timed_out', 'skipped', 'running');
    expect(countTasks(followed)).toEqual({ succeeded: 1, failed: 1, timedOut: 1, skipped: 1, open: 2 });
  });

  it('has failures once a disk was not backed up, also by a skip', () => {
    expect(hasFailures(run(2, 'schedule', 'succeeded', 'running'))).toBe(false);
    expect(hasFailures(run(2, 'schedule', 'succeeded', 'skipped'))).toBe(true);
  });
});
