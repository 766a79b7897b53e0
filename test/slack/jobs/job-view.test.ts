import { describe, expect, it } from 'vitest';
import type { Job, JobStatus } from '../../../src/core/jobs/job.ts';
import { type JobParts, jobNotFoundView, jobView } from '../../../src/slack/jobs/job-view.ts';
import { jobTypeWords } from '../../../src/slack/jobs/job-words.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { disks, minutesAgo, NOW, quota, stillRuns, unavailable } from '../policies/samples.ts';

const job = (status: JobStatus, more: Partial<Job> = {}): Job => ({
  id: '4010b39b5281d3590152874bfa3b1604',
  type: 'bksCreateBackup',
  status,
  beganAt: minutesAgo(10),
  endedAt: status === 'succeeded' || status === 'failed' ? minutesAgo(6) : undefined,
  failure: undefined,
  backupId: undefined,
  diskId: undefined,
  subJobs: [],
  ...more,
});
const snapshot = job('succeeded', { type: 'bksCreateSnapshot', endedAt: minutesAgo(9) });
const copy = (status: JobStatus, more: Partial<Job> = {}) => job(status, { type: 'bksCopySnapshot', ...more });
const made = { backupId: 'b1a2c3d4-0000-4000-8000-000000000000', diskId: [...disks.keys()][0] };
const show = (shown: Job, more: Partial<JobParts> = {}) => {
  const said = jobView({ project: 'payments', job: shown, disks, backup: undefined, now: NOW, ...more }, 'jobs:look');
  expectMessage(said);
  return said;
};

describe('jobView', () => {
  it.each([
    ['waits', job('waiting', { beganAt: undefined })],
    ['runs', job('running', { ...made, subJobs: [snapshot, copy('running')] })],
    ['is done', job('succeeded', { ...made, subJobs: [snapshot, copy('succeeded')] })],
    ['failed in a step', job('failed', { failure: quota, subJobs: [snapshot, copy('failed', { failure: quota })] })],
    ['failed without a word', job('failed', { subJobs: [copy('failed', { failure: stillRuns })] })],
    ['is in a status of its own', job('unknown', { type: 'RESTORE' })],
  ])('shows a job that %s, with its steps', (_, shown) => {
    expect(show(shown)).toMatchSnapshot();
  });

  it('names the backup where its name is known', () => {
    expect(JSON.stringify(show(job('succeeded', made), { backup: 'db-nightly-0412' }))).toContain('db-nightly-0412');
  });

  it('indents steps of steps, and says each reason once', () => {
    const inner = copy('failed', { failure: quota, subJobs: [copy('failed', { failure: stillRuns })] });
    const { text } = show(job('failed', { failure: quota, subJobs: [snapshot, inner] }));
    const steps = text.split('\n').filter((line) => line.includes('└'));
    expect(steps.map((line) => line.indexOf('└'))).toEqual([0, 0, 2]);
    expect(text.split('quota of backup capacity')).toHaveLength(2);
    expect(text).toContain('The previous backup of the disk still runs');
  });

  it('counts the steps that are too many to show, however deep they lie', () => {
    const wide = job('running', { subJobs: Array.from({ length: 500 }, () => copy('running', { type: HOSTILE })) });
    expect(JSON.stringify(show(wide).blocks)).toContain('… and 440 more steps');
    const deep = Array.from({ length: 40 }).reduce<Job>((below) => copy('running', { subJobs: [below] }), snapshot);
    expect(
      show(deep)
        .text.split('\n')
        .filter((line) => line.includes('└')),
    ).toHaveLength(40);
  });

  it('keeps hostile words harmless', () => {
    const failure = { ...quota, code: HOSTILE, message: HOSTILE, explanation: HOSTILE, remedy: HOSTILE };
    const words = { id: HOSTILE, type: HOSTILE, backupId: HOSTILE, diskId: HOSTILE, failure };
    show(job('failed', { ...words, subJobs: [job('failed', words)] }), { project: HOSTILE, backup: HOSTILE });
    expectMessage(jobNotFoundView(HOSTILE, [{ project: HOSTILE, failure }]));
  });
});

describe('jobNotFoundView', () => {
  it('names the projects that could not be asked, and why', () => {
    const said = jobNotFoundView('4010b39b5281d3590152874bfa3b1604', [{ project: 'payments', failure: unavailable }]);
    expect(said.text).toMatchSnapshot();
  });
});

describe('jobTypeWords', () => {
  it.each([
    ['bksCreateBackup', 'create backup'],
    ['bksCopySnapshot', 'copy snapshot'],
    ['RESTORE_VOLUME', 'restore volume'],
    ['job', 'job'],
    ['', 'job'],
  ])('reads %s as %s', (type, words) => {
    expect(jobTypeWords(type)).toBe(words);
  });
});
