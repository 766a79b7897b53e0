import { describe, expect, it } from 'vitest';
import { runOf } from '../../../src/core/policies/assign-tasks.ts';
import type { PolicyRun, RunTask } from '../../../src/core/policies/policy-run.ts';

const MINUTE = 60_000;
const GATHER = 15 * MINUTE;
const T0 = new Date('2026-11-20T02:00:00Z').getTime();

function task(id: string, minutes: number, diskId = `disk-${id}`): RunTask {
  return {
    id,
    status: 'waiting',
    createdAt: new Date(T0 + minutes * MINUTE),
    finishedAt: undefined,
    backupName: undefined,
    diskId,
    jobId: undefined,
    failure: undefined,
  };
}

function run(id: string, about: Partial<PolicyRun>): PolicyRun {
  return {
    id,
    project: 'payments',
    policyId: 'p1',
    policyName: 'nightly',
    origin: 'schedule',
    startedBy: undefined,
    startedAt: new Date(T0),
    disks: 2,
    after: undefined,
    state: 'running',
    calledAt: undefined,
    deadlineAt: new Date(T0 + 720 * MINUTE),
    finishedAt: undefined,
    failure: undefined,
    attempts: 0,
    nextCheckAt: undefined,
    nextRunAt: undefined,
    diskSizes: undefined,
    tasks: [],
    ...about,
  };
}

const persons = (about: Partial<PolicyRun> = {}) =>
  run('person', { origin: 'person', calledAt: new Date(T0), state: 'running', ...about });

describe('a new task', () => {
  it('joins the scheduled run that began shortly before it', () => {
    const scheduled = run('s1', { tasks: [task('a', 0)] });
    expect(runOf(task('b', 3), [scheduled], GATHER)?.id).toBe('s1');
  });

  it('begins a run of its own when the last one began long ago', () => {
    const scheduled = run('s1', { tasks: [task('a', 0)] });
    expect(runOf(task('b', 60), [scheduled], GATHER)).toBeUndefined();
  });

  it('begins a run of its own when its disk has been backed up in that run', () => {
    const scheduled = run('s1', { tasks: [task('a', 0, 'disk-1')] });
    expect(runOf(task('b', 3, 'disk-1'), [scheduled], GATHER)).toBeUndefined();
  });

  it('belongs to the run that a person began, if it is later than the newest task before that', () => {
    const before = { taskId: 'old', createdAt: new Date(T0 - MINUTE) };
    expect(runOf(task('new', 1), [persons({ after: before })], GATHER)?.id).toBe('person');
    expect(runOf(task('older', -2), [persons({ after: before })], GATHER)).toBeUndefined();
    expect(runOf(task('old', -1), [persons({ after: before })], GATHER)).toBeUndefined();
  });

  it('stays in the run that another worker has put it into, though that is full or over by now', () => {
    const full = persons({ tasks: [task('a', 0), task('b', 0)] });
    expect(runOf(task('b', 0), [full], GATHER)?.id).toBe('person');
    expect(runOf(task('b', 0), [{ ...full, state: 'done' }], GATHER)?.id).toBe('person');
    expect(runOf(task('a', 0), [run('s1', { tasks: [task('a', 0)] }), persons()], GATHER)?.id).toBe('s1');
  });

  it('belongs to a person’s run whose start was never answered', () => {
    expect(runOf(task('new', 1), [persons({ state: 'unknown' })], GATHER)?.id).toBe('person');
  });

  it('does not belong to a person’s run that was never called, or has all its disks, or is over', () => {
    expect(runOf(task('x', 1), [persons({ calledAt: undefined, state: 'requested' })], GATHER)).toBeUndefined();
    expect(runOf(task('x', 1), [persons({ tasks: [task('a', 0), task('b', 0)] })], GATHER)).toBeUndefined();
    expect(runOf(task('x', 1), [persons({ state: 'done' })], GATHER)).toBeUndefined();
  });
});
