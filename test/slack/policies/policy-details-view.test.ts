import { describe, expect, it } from 'vitest';
import { deletePolicyView } from '../../../src/slack/policies/delete-policy-view.ts';
import { type PolicyDetails, policyDetailsView } from '../../../src/slack/policies/policy-details-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { disks, minutesAgo, NOW, policy, run, task, unavailable } from './samples.ts';

const ids = {
  edit: 'policy:edit',
  turn: 'policy:turn',
  addDisks: 'policy:add-disks',
  removeDisks: 'policy:remove-disks',
  tags: 'policy:tags',
  remove: 'policy:delete',
  run: 'policies:run-now',
};

function details(more: Partial<PolicyDetails> = {}): PolicyDetails {
  return {
    project: 'payments',
    policy: policy(),
    lastRun: run({ state: 'done', finishedAt: minutesAgo(3), tasks: [task(1, 'succeeded')] }),
    seen: { now: NOW, lastRun: minutesAgo(600) },
    tags: [{ key: 'stage', value: 'production' }],
    diskIds: [...disks.keys()],
    names: disks,
    mayManage: true,
    mayRun: true,
    ...more,
  };
}

describe('policyDetailsView', () => {
  const everyThird = { ...policy().schedule, everyDays: 3 };
  const cases: readonly [string, Partial<PolicyDetails>][] = [
    ['shows all of it to an admin who may run it', {}],
    ['has no button that changes it for a person who may only look', { mayManage: false, mayRun: false }],
    ['says what would be if it were on', { policy: policy({ enabled: false, disks: 3 }), lastRun: undefined }],
    ['counts every few days from the last run', { policy: policy({ schedule: everyThird }) }],
    [
      'says why it cannot tell its next runs, and its tags',
      { policy: policy({ schedule: everyThird }), seen: { now: NOW, lastRun: undefined }, tags: unavailable },
    ],
    ['says that more disks are known than the cloud counts', { policy: policy({ disks: 2 }) }],
    ['has no disks to take out of an empty one', { policy: policy({ disks: 0 }), diskIds: [], tags: [] }],
  ];

  it.each(cases)('%s', (_, about) => {
    const view = policyDetailsView(details(about), ids);
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it('counts disks beyond those that fit, and holds hostile names', () => {
    const diskIds = Array.from({ length: 1_204 }, (_, index) => `disk-${index}`);
    const names = new Map(diskIds.map((id) => [id, HOSTILE]));
    const tags = Array.from({ length: 10 }, () => ({ key: HOSTILE, value: HOSTILE }));
    const hostile = policy({ name: HOSTILE, schedule: { ...policy().schedule, timeZone: HOSTILE } });
    const view = policyDetailsView(details({ project: HOSTILE, policy: hostile, diskIds, names, tags }), ids);
    expectView(view);
    expect(JSON.stringify(view)).toContain('… and 1,179 more disks');
  });
});

describe('deletePolicyView', () => {
  const form = { callbackId: 'policy:confirm-delete', metadata: '{}' };

  it.each([
    ['names the disks that lose their protection', { policy: policy({ disks: 3 }), diskIds: [...disks.keys()] }],
    ['says how many it cannot name', { policy: policy(), diskIds: [...disks.keys()].slice(0, 1) }],
    ['says that there are none', { policy: policy({ disks: 0 }), diskIds: [] }],
  ])('%s', (_, about) => {
    const view = deletePolicyView({ project: 'payments', names: disks, ...about }, form);
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('holds hostile names', () => {
    const names = new Map([...disks.keys()].map((id) => [id, HOSTILE]));
    const about = { project: HOSTILE, policy: policy({ name: HOSTILE }), diskIds: [...disks.keys()], names };
    expectView(deletePolicyView(about, form));
  });
});
