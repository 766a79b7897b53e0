import { describe, expect, it } from 'vitest';
import { policiesView } from '../../../src/slack/policies/policies-view.ts';
import { expectMessage, HOSTILE, minutesAgo, policy, quota, run, task } from './samples.ts';

const ids = { runNow: 'policies:run-now', turn: 'policies:turn' };
const failed = run({
  state: 'done',
  finishedAt: minutesAgo(3),
  tasks: [task(1, 'succeeded'), task(2, 'failed', { failure: quota })],
});
const parts = { project: 'payments', mayRun: true };

describe('policiesView', () => {
  it('says of each policy when it runs, what it keeps, and how its last run went', () => {
    const entries = [
      { policy: policy(), lastRun: failed },
      { policy: policy({ name: 'weekly', enabled: false }), lastRun: undefined },
      { policy: policy({ name: 'empty', disks: 0 }), lastRun: undefined },
      { policy: policy({ name: 'hourly' }), lastRun: run({ tasks: [task(1, 'running')] }) },
      { policy: policy({ name: 'daily' }), lastRun: run({ origin: 'schedule', tasks: [task(1, 'running')] }) },
    ];
    const list = policiesView({ ...parts, entries, page: { page: 0, total: 5 } }, ids);
    expectMessage(list);
    expect(list).toMatchSnapshot();
  });

  it('has nothing to click for a person who may not run them', () => {
    const entries = [{ policy: policy(), lastRun: failed }];
    const list = policiesView({ ...parts, mayRun: false, entries, page: { page: 0, total: 1 } }, ids);
    expectMessage(list);
    expect(JSON.stringify(list)).not.toContain('button');
  });

  it('says what to do where there are none', () => {
    const list = policiesView({ ...parts, entries: [], page: { page: 0, total: 0 } }, ids);
    expectMessage(list);
    expect(list.text).toBe(
      'payments has no backup policies yet. Once one is created in the cloud’s console, it is here.',
    );
  });

  it('shows the place of a page in a long list', () => {
    const entries = Array.from({ length: 10 }, () => ({ policy: policy(), lastRun: undefined }));
    const list = policiesView({ ...parts, entries, page: { page: 1, total: 1_204 } }, ids);
    expectMessage(list);
    expect(list.blocks[0]).toMatchObject({ text: { text: 'Policies of payments, 11–20 of 1,204' } });
    expect(list.blocks.at(-1)).toMatchObject({
      elements: [
        { text: { text: '← Previous' }, value: '{"project":"payments","page":0}' },
        { text: { text: 'Next →' }, value: '{"project":"payments","page":2}' },
      ],
    });
  });

  it('keeps hostile names harmless', () => {
    const schedule = { times: ['14:00'], timeZone: HOSTILE, everyDays: undefined, weekDays: [HOSTILE] };
    const entries = Array.from({ length: 10 }, () => ({
      policy: policy({ name: HOSTILE, schedule }),
      lastRun: { ...failed, policyName: HOSTILE },
    }));
    expectMessage(policiesView({ ...parts, project: HOSTILE, entries, page: { page: 0, total: 10 } }, ids));
  });
});
