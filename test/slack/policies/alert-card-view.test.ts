import { describe, expect, it } from 'vitest';
import type { PolicyRun } from '../../../src/core/policies/policy-run.ts';
import { alertCardView } from '../../../src/slack/policies/alert-card-view.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { disks, minutesAgo, NOW, quota, run, stillRuns, task } from './samples.ts';

const buttons = { show: 'policies:show-run' };
const failing = task(2, 'failed', { failure: stillRuns });
const lastGood = new Map([[failing.diskId, minutesAgo(26 * 60)]]);
const scheduled = (more: Partial<PolicyRun>) => run({ origin: 'schedule', startedBy: undefined, ...more });
const done = (tasks: PolicyRun['tasks']) => scheduled({ state: 'done', finishedAt: minutesAgo(3), tasks });
const draw = (shown: PolicyRun) => alertCardView({ run: shown, disks, lastGood, now: NOW }, buttons);
const good = [task(1, 'succeeded'), task(3, 'succeeded'), task(4, 'succeeded')];

describe('alertCardView', () => {
  it.each([
    ['with a failure', done([...good, failing])],
    ['with a time-out and a skip', done([task(1, 'timed_out'), task(2, 'skipped', { failure: stillRuns })])],
    ['with a skip alone', done([...good, task(2, 'skipped', { failure: stillRuns })])],
    ['going on, with a failure', scheduled({ tasks: [task(1, 'succeeded'), failing, task(3, 'running')] })],
    [
      'overdue',
      scheduled({
        state: 'overdue',
        startedAt: minutesAgo(730),
        deadlineAt: minutesAgo(10),
        tasks: [...good, task(2, 'running')],
      }),
    ],
    ['followed no longer', scheduled({ state: 'failed', failure: { kind: 'not_found' }, tasks: [failing] })],
  ])('names what was not backed up in a run %s', (_, shown) => {
    const card = draw(shown);
    expectMessage(card);
    expect(card).toMatchSnapshot();
  });

  it.each([
    ['done', done([...good, task(2, 'succeeded')])],
    ['going on', scheduled({ tasks: [task(1, 'succeeded'), task(2, 'running')] })],
  ])('is one quiet line for a run without failures that is %s', (_, shown) => {
    const card = draw(shown);
    expectMessage(card);
    expect(card.blocks).toHaveLength(1);
    expect(card.text).toMatchSnapshot();
  });

  it('says so where the disk was backed up since', () => {
    const since = new Map([[failing.diskId, minutesAgo(5)]]);
    const card = alertCardView({ run: done([failing]), disks, lastGood: since, now: NOW }, buttons);
    expect(card.text).toContain('Backed up since: 5 min ago');
  });

  it('names so many disks and counts the others', () => {
    const card = draw({
      ...done(Array.from({ length: 100 }, (_, disk) => task(disk, 'failed', { failure: quota }))),
      disks: 100,
    });
    expectMessage(card);
    expect(card.blocks).toContainEqual(
      expect.objectContaining({ text: expect.objectContaining({ text: '⚠️ 85 more disks not backed up' }) }),
    );
  });

  it('keeps hostile names harmless', () => {
    const failure = { ...quota, explanation: HOSTILE, remedy: HOSTILE, code: HOSTILE, requestId: HOSTILE };
    const tasks = Array.from({ length: 60 }, (_, disk) => task(disk, 'failed', { failure, diskId: HOSTILE }));
    expectMessage(draw({ ...done(tasks), policyName: HOSTILE, project: HOSTILE }));
  });
});
