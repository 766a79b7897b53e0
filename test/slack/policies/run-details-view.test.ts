import { describe, expect, it } from 'vitest';
import { runDetailsView } from '../../../src/slack/policies/run-details-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { disks, minutesAgo, quota, run, task } from './samples.ts';

const at = (page: number) => ({ page, turn: 'policies:turn-run' });

describe('runDetailsView', () => {
  it('shows every disk, failures first', () => {
    const tasks = [task(1, 'succeeded'), task(2, 'failed', { failure: quota }), task(3, 'running')];
    const view = runDetailsView(run({ tasks }), disks, at(0));
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it('says so where no disk is known yet', () => {
    const view = runDetailsView(run({ origin: 'schedule', startedBy: undefined }), disks, at(0));
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it.each([0, 1, 2, 99])('turns page %i of many disks, and holds hostile names', (page) => {
    const failure = { ...quota, explanation: HOSTILE, remedy: HOSTILE, code: HOSTILE };
    const tasks = Array.from({ length: 120 }, (_, disk) => task(disk, 'failed', { failure, diskId: HOSTILE }));
    const view = runDetailsView(run({ state: 'done', disks: 120, finishedAt: minutesAgo(3), tasks }), disks, at(page));
    expectView(view);
    expect(view.blocks.slice(-2)).toMatchSnapshot();
  });
});
