import { describe, expect, it } from 'vitest';
import { choosePolicyView } from '../../../src/slack/policies/choose-policy-view.ts';
import {
  alreadyRunningView,
  confirmRunView,
  nothingToRunView,
  requestedView,
} from '../../../src/slack/policies/confirm-run-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { minutesAgo, policy, quota, run, task } from './samples.ts';

const form = { callbackId: 'run:confirm', metadata: '{}' };
const failed = run({ state: 'done', finishedAt: minutesAgo(3), tasks: [task(2, 'failed', { failure: quota })] });
const running = run({ tasks: [task(1, 'succeeded'), task(2, 'running')] });
const parts = { project: 'payments', policy: policy(), lastRun: failed, channel: 'C0ALERTS' };

describe('confirmRunView', () => {
  it.each([
    ['a policy', parts],
    ['a policy with one disk that never ran', { ...parts, policy: policy({ disks: 1 }), lastRun: undefined }],
    ['a policy whose schedule runs it now', { ...parts, lastRun: { ...running, origin: 'schedule' as const } }],
    [
      'a policy whose schedule runs it now, with a card',
      {
        ...parts,
        lastRun: { ...running, origin: 'schedule' as const },
        lastCard: 'https://vbs.slack.com/archives/C0/p1',
      },
    ],
    ['a policy that is off', { ...parts, policy: policy({ enabled: false }) }],
  ])('names what running %s does', (_, shown) => {
    const view = confirmRunView(shown, form);
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('keeps hostile names harmless', () => {
    expectView(confirmRunView({ ...parts, project: HOSTILE, policy: policy({ name: HOSTILE }) }, form));
  });
});

describe('alreadyRunningView', () => {
  it.each([
    ['links to the card', { link: 'https://vbs.slack.com/archives/C0ALERTS/p1', channel: 'C0ALERTS' }],
    ['names the channel while the card has no link', { link: undefined, channel: 'C0ALERTS' }],
  ])('%s', (_, where) => {
    const view = alreadyRunningView(running, where);
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });
});

describe('the other answers', () => {
  it('say that a policy has no disks', () => {
    const view = nothingToRunView({ project: 'payments', policy: policy({ disks: 0 }) });
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('say that a run is being started', () => {
    const view = requestedView({ policyName: 'nightly', project: 'payments', channel: 'C0ALERTS' });
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });
});

describe('choosePolicyView', () => {
  const ids = { callbackId: 'run:choose', projectAction: 'run:project', title: 'Run a policy', command: '/vbs run' };
  const aliases = ['payments', 'analytics'];

  it.each([
    ['asks for the project first', { aliases, project: undefined, policies: undefined }],
    ['says that the policies are being read', { aliases, project: 'payments', policies: 'reading' as const }],
    ['offers the policies', { aliases, project: 'payments', policies: [policy(), policy({ id: 'b', disks: 0 })] }],
    ['says that there are none', { aliases, project: 'payments', policies: [] }],
  ])('%s', (_, shown) => {
    const view = choosePolicyView(shown, ids);
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('offers a hundred policies, counts the others, and holds hostile names', () => {
    const policies = Array.from({ length: 1_204 }, (_, index) => policy({ id: `p${index}`, name: HOSTILE }));
    const view = choosePolicyView({ aliases, project: 'payments', policies }, ids);
    expectView(view);
    expect(JSON.stringify(view.blocks.at(-1))).toContain('1,104 more are not listed here');
  });
});
