import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/changes/change.ts';
import type { ListedRequest } from '../../../src/slack/requests/request-entry.ts';
import { type RequestLists, requestsView } from '../../../src/slack/requests/requests-view.ts';
import { change, remove, restore } from '../changes/samples.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { actionIds, approval, disks, request, sharing, target } from '../share/samples.ts';

const ids = { page: 'requests:page', withdraw: 'requests:withdraw' };
const shared = target('analytics', 'shared');
const LINK = 'https://team.slack.com/archives/C0PAYMENTS/p1795177200000100';

type ListedShare = Extract<ListedRequest, { readonly kind: 'share' }>;

function entry(of: ReturnType<typeof request>, more: Partial<ListedShare> = {}): ListedRequest {
  return { kind: 'share', request: of, sharings: [], disks, link: LINK, ...more };
}

function changeEntry(of: Change): ListedRequest {
  return { kind: 'change', change: of, disks, link: LINK };
}

const mine = [
  entry(request()),
  entry(request({ id: '01HZZZZZZZZZZZZZZZZZZZ8A2B', state: 'shared', targets: [shared] }), {
    sharings: [sharing(shared, { state: 'stopped' })],
    link: undefined,
  }),
  changeEntry(change(restore)),
];
const waiting = [
  entry(request({ requester: 'UOTHER', votes: [approval('UOWNER', 5)] })),
  changeEntry(change(remove, { id: '01HZZZZZZZZZZZZZZZZZZZ9C4D', requester: 'UOTHER' })),
];
const nothing = { total: 0, items: [] };

function lists(more: Partial<RequestLists> = {}): RequestLists {
  return {
    place: { mine: 0, waiting: 0 },
    mine: { total: 3, items: mine },
    waiting: { total: 2, items: waiting },
    ...more,
  };
}

describe('requestsView', () => {
  it.each([
    ['mine and those that wait for me', lists()],
    ['what to do where there are none', lists({ mine: nothing, waiting: nothing })],
    ['that it cannot be known what waits for me', lists({ waiting: undefined })],
  ])('shows %s', (_, shown) => {
    const view = requestsView(shown, ids);
    expectMessage(view);
    expect(view).toMatchSnapshot();
  });

  it('turns the pages of each list by itself', () => {
    const ten = Array.from({ length: 10 }, (_, at) => entry(request({ id: `R${at}`, state: 'expired' })));
    const view = requestsView(
      lists({
        place: { mine: 1, waiting: 2 },
        mine: { total: 1_204, items: ten },
        waiting: { total: 30, items: ten },
      }),
      ids,
    );
    expectMessage(view);
    expect(view.text).toContain('Your requests, 11–20 of 1,204');
    expect(view.text).toContain('Waiting for you, 21–30 of 30');
    expect(actionIds(view.blocks)).toEqual([
      'requests:page#mine#previous',
      'requests:page#mine#next',
      'requests:page#waiting#previous',
    ]);
    expect([...JSON.stringify(view.blocks).matchAll(/"value":"(.*?)"[,}]/g)].map((match) => match[1])).toEqual([
      '{\\"mine\\":0,\\"waiting\\":2}',
      '{\\"mine\\":2,\\"waiting\\":2}',
      '{\\"mine\\":1,\\"waiting\\":1}',
    ]);
  });

  it('stays a message that Slack takes, and calls nobody, in hostile hands', () => {
    const items = Array.from({ length: 10 }, (_, at) =>
      entry(
        request({
          id: `R${at}`,
          project: HOSTILE,
          backup: { name: HOSTILE, diskId: undefined, sizeGib: undefined, takenAt: undefined },
          targets: [{ ...target('x'), alias: HOSTILE }],
        }),
      ),
    );
    const view = requestsView(lists({ mine: { total: 30, items }, waiting: { total: 30, items } }), ids);
    expectMessage(view);
    expect(JSON.stringify(view)).not.toContain('<!channel>');
  });
});
