import { describe, expect, it } from 'vitest';
import { validateView } from '../../../src/sandbox/slack/validate/view.ts';
import { type HomeTab, homeView, type ListedRun } from '../../../src/slack/home/home-view.ts';
import type { ListedRequest } from '../../../src/slack/requests/request-entry.ts';
import { change, remove } from '../changes/samples.ts';
import { HOSTILE } from '../expect-view.ts';
import { quota, run, task } from '../policies/samples.ts';
import { actionIds, approval, before, disks, NOW, request, target } from '../share/samples.ts';

const ids = { share: 'share:begin', withdraw: { share: 'share:withdraw', change: 'change:withdraw' } };
const LINK = 'https://team.slack.com/archives/C0PAYMENTS/p1795177200000100';
const nothing = { total: 0, items: [] };
const mine = { kind: 'share', request: request(), sharings: [], disks, link: LINK } as const;
const changed: ListedRequest = { kind: 'change', change: change(remove), disks, link: LINK };
const waiting = { ...mine, request: request({ requester: 'UOTHER', votes: [approval('UOWNER', 5)] }) };
const running: ListedRun = { run: run({ tasks: [task(1, 'succeeded'), task(2, 'running')] }), link: LINK };
const failed: ListedRun = {
  run: run({
    state: 'done',
    finishedAt: before(3),
    tasks: [task(1, 'failed', { failure: quota }), task(2, 'succeeded')],
  }),
  link: undefined,
};

function tab(more: Partial<HomeTab> = {}): HomeTab {
  const may = { share: true, run: true };
  return { mine: nothing, waiting: nothing, running: nothing, failed: nothing, may, now: NOW, ...more };
}

describe('homeView', () => {
  it.each([
    ['what to do where there is nothing yet', tab()],
    [
      'what waits, what runs and what failed',
      tab({
        mine: { total: 7, items: [mine, changed] },
        waiting: { total: 2, items: [waiting, changed] },
        running: { total: 1, items: [running] },
        failed: { total: 12, items: [failed] },
      }),
    ],
    ['no button to who may neither ask nor run', tab({ may: { share: false, run: false } })],
    ['that it cannot be known what may be seen', tab({ waiting: undefined, running: undefined, failed: undefined })],
  ])('shows %s', (_, shown) => {
    const view = homeView(shown, ids);
    expect(validateView(view, 'home')).toEqual([]);
    expect(view).toMatchSnapshot();
  });

  it('lets only what is pending be withdrawn', () => {
    const items = [mine, { ...mine, request: request({ id: 'R2', state: 'expired' }) }, changed];
    expect(actionIds(homeView(tab({ mine: { total: 3, items } }), ids).blocks)).toEqual([
      'share:begin',
      `share:withdraw#${mine.request.id}`,
      `change:withdraw#${changed.change.id}`,
    ]);
  });

  it('stays a view that Slack takes, full and in hostile hands', () => {
    const named = request({ project: HOSTILE, targets: [{ ...target('x'), alias: HOSTILE }] });
    const items = Array.from({ length: 5 }, (_, at) => ({ ...mine, request: { ...named, id: `R${at}` } }));
    const runs = Array.from({ length: 5 }, () => ({ ...failed, run: { ...failed.run, policyName: HOSTILE } }));
    const page = { total: 1_204, items };
    const view = homeView(
      tab({ mine: page, waiting: page, running: { total: 9, items: runs }, failed: { total: 9, items: runs } }),
      ids,
    );
    expect(validateView(view, 'home')).toEqual([]);
    expect(JSON.stringify(view)).not.toContain('<!channel>');
  });
});
