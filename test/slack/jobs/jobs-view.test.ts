import { describe, expect, it } from 'vitest';
import type { TaskRow } from '../../../src/core/policies/task-store.ts';
import type { Watch } from '../../../src/core/policies/watch-store.ts';
import { jobDetailsView } from '../../../src/slack/jobs/job-details-view.ts';
import { type JobsParts, jobsView } from '../../../src/slack/jobs/jobs-view.ts';
import { expectMessage, expectView, HOSTILE } from '../expect-view.ts';
import { disks, minutesAgo, NOW, quota, stillRuns, task, unavailable } from '../policies/samples.ts';

const ids = { details: 'jobs:details', turn: 'jobs:turn' };
const watch: Watch = { project: 'payments', lastSweepAt: minutesAgo(2), lastFailure: undefined };
const row = (...about: Parameters<typeof task>): TaskRow => ({
  ...task(...about),
  project: 'payments',
  policyId: 'p1',
  policyName: 'nightly',
  runId: 'r1',
});
const rows = [
  row(2, 'failed', { failure: quota }),
  row(5, 'timed_out'),
  row(6, 'skipped', { failure: stillRuns }),
  row(3, 'running'),
  row(4, 'waiting'),
  row(7, 'unknown'),
  row(1, 'succeeded'),
];
const parts: JobsParts = { project: 'payments', tasks: rows, page: { page: 0, total: 7 }, disks, watch, now: NOW };

describe('jobsView', () => {
  it('shows each job with its reason, and how old the list is', () => {
    const list = jobsView(parts, ids);
    expectMessage(list);
    expect(list).toMatchSnapshot();
  });

  it.each([
    ['was never read', undefined],
    ['could not be read the last time', { ...watch, lastFailure: unavailable }],
  ])('says so where the project %s', (_, standing) => {
    const list = jobsView({ ...parts, watch: standing }, ids);
    expectMessage(list);
    expect(list.text.split('\n\n').at(-1)).toMatchSnapshot();
  });

  it.each([
    ['was looked at', watch],
    ['was not looked at yet', undefined],
  ])('says what to do where there is nothing and the project %s', (_, standing) => {
    const list = jobsView({ ...parts, tasks: [], page: { page: 0, total: 0 }, watch: standing }, ids);
    expectMessage(list);
    expect(list.text).toMatchSnapshot();
  });

  it('keeps hostile names harmless, ten a page', () => {
    const failure = { ...quota, explanation: HOSTILE, remedy: HOSTILE, code: HOSTILE };
    const tasks = Array.from({ length: 10 }, () => ({
      ...row(2, 'failed', { failure, diskId: HOSTILE }),
      policyName: HOSTILE,
    }));
    const shown = { ...parts, project: 'p'.repeat(32), tasks, page: { page: 1, total: 1_204 } };
    expectMessage(jobsView({ ...shown, watch: { ...watch, lastFailure: failure } }, ids));
    expectMessage(jobsView({ ...shown, project: HOSTILE, tasks: [], page: { page: 0, total: 0 } }, ids));
  });
});

describe('jobDetailsView', () => {
  it.each(rows.map((one) => [one.status, one] as const))('shows all that is known of a job that is %s', (_, one) => {
    const view = jobDetailsView(one, { disks, now: NOW, steps: 'jobs:steps' });
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('keeps hostile names harmless', () => {
    const failure = { ...quota, explanation: HOSTILE, remedy: HOSTILE, code: HOSTILE, requestId: HOSTILE };
    const hostile = {
      ...row(2, 'failed', { failure, diskId: HOSTILE, jobId: HOSTILE, backupName: HOSTILE }),
      id: HOSTILE,
    };
    expectView(
      jobDetailsView({ ...hostile, policyName: HOSTILE, project: HOSTILE }, { disks, now: NOW, steps: 'jobs:steps' }),
    );
  });
});
