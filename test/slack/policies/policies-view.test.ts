import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/slack/kit.ts';
import { policiesView } from '../../../src/slack/policies/policies-view.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { minutesAgo, policy, quota, run, task } from './samples.ts';

const ids = { runNow: 'policies:run-now', turn: 'policies:turn', show: 'policy:show', create: 'policy:new' };
const failed = run({
  state: 'done',
  finishedAt: minutesAgo(3),
  tasks: [task(1, 'succeeded'), task(2, 'failed', { failure: quota })],
});
const parts = { project: 'payments', mayRun: true, mayManage: false };

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

  it('names under each policy what can be done with it: a button is a verb, and a screen reader hears of which', () => {
    const entries = [
      { policy: policy(), lastRun: failed },
      { policy: policy({ name: 'empty', disks: 0 }), lastRun: undefined },
    ];
    const list = policiesView({ ...parts, entries, page: { page: 0, total: 2 } }, ids);
    const rows = list.blocks.flatMap((block) => (block.type === 'actions' ? [block.elements] : []));
    expect(rows).toEqual([
      [
        expect.objectContaining({ text: plain('Run now'), accessibility_label: 'Run nightly now' }),
        expect.objectContaining({ text: plain('Show details'), accessibility_label: 'Show details of nightly' }),
      ],
      [expect.objectContaining({ text: plain('Show details'), accessibility_label: 'Show details of empty' })],
    ]);
  });

  it('lets a person who may neither run nor change them look at them alone', () => {
    const entries = [{ policy: policy(), lastRun: failed }];
    const list = policiesView({ ...parts, mayRun: false, entries, page: { page: 0, total: 1 } }, ids);
    expectMessage(list);
    expect(JSON.stringify(list)).toContain('Show details of nightly');
    expect(JSON.stringify(list)).not.toMatch(/Run now|New policy/);
  });

  it('says what to do where there are none', () => {
    const list = policiesView({ ...parts, entries: [], page: { page: 0, total: 0 } }, ids);
    expectMessage(list);
    expect(list.text).toBe(
      'payments has no backup policies yet. An admin can make one: `/vbs policy payments new`. One made in the cloud’s console is here as well.',
    );
  });

  it('lets an admin make one, also where there are none', () => {
    const some = { ...parts, mayManage: true, entries: [{ policy: policy(), lastRun: failed }] };
    const none = { ...parts, mayManage: true, entries: [] };
    for (const list of [
      policiesView({ ...some, page: { page: 0, total: 1 } }, ids),
      policiesView({ ...none, page: { page: 0, total: 0 } }, ids),
    ]) {
      expectMessage(list);
      expect(JSON.stringify(list.blocks.at(-1))).toContain('New policy');
    }
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
