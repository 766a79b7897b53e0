import { describe, expect, it } from 'vitest';
import { shareStates } from '../../../src/core/sharing/share-request.ts';
import type { RequestCard } from '../../../src/slack/share/request-card-view.ts';
import { requestCardView } from '../../../src/slack/share/request-card-view.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { actionIds, approval, before, disks, noRight, request, sharing, target, unavailable } from './samples.ts';

const buttons = { approve: 'b:approve', reject: 'b:reject', withdraw: 'b:withdraw', retry: 'b:retry', stop: 'b:stop' };
const approved = { votes: [approval('UOWNER', 5), approval('UOWNER2', 4)] };
const shared = target('analytics', 'shared');
const alsoShared = target('reporting', 'shared');

function card(of: ReturnType<typeof request>, more: Partial<RequestCard> = {}): RequestCard {
  return { request: of, sharings: [], disks, mayRetry: false, ended: false, ...more };
}

const states: readonly (readonly [string, RequestCard])[] = [
  ['waits', card(request())],
  ['waits for one more', card(request({ votes: [approval('UOWNER', 5)] }))],
  ['waits, its backup not read yet', card(request({ backup: undefined, endsAt: undefined }))],
  [
    'waits, its backup out of reach',
    card(request({ backup: undefined, failure: unavailable, nextAttemptAt: before(-5) })),
  ],
  ['is approved', card(request({ ...approved, state: 'approved' }))],
  ['is being carried out', card(request({ ...approved, state: 'executing' }))],
  ['is postponed', card(request({ ...approved, state: 'executing', failure: unavailable, nextAttemptAt: before(-5) }))],
  ['is unknown', card(request({ ...approved, state: 'unknown', failure: { kind: 'answer_lost' } }))],
  ['is shared', card(request({ ...approved, state: 'shared', targets: [shared] }), { sharings: [sharing(shared)] })],
  [
    'is shared with one and no longer with another',
    card(request({ ...approved, state: 'shared', targets: [shared, alsoShared] }), {
      sharings: [sharing(shared), sharing(alsoShared, { state: 'stopped', stoppedBy: 'UOWNER', stoppedAt: before(1) })],
    }),
  ],
  [
    'is shared in part',
    card(
      request({ ...approved, state: 'failed', failure: noRight, targets: [shared, target('reporting', 'failed')] }),
      {
        sharings: [sharing(shared)],
        mayRetry: true,
      },
    ),
  ],
  [
    'is being stopped, which does not go through at once',
    card(request({ ...approved, state: 'shared', targets: [shared] }), {
      sharings: [sharing(shared, { state: 'stopping', stoppedBy: 'UOWNER', failure: unavailable })],
    }),
  ],
  [
    'could not be stopped',
    card(request({ ...approved, state: 'shared', targets: [shared] }), {
      sharings: [sharing(shared, { failure: noRight })],
    }),
  ],
  [
    'could not be stopped by its end',
    card(request({ ...approved, state: 'shared', targets: [shared], endsAt: before(30) }), {
      sharings: [sharing(shared, { failure: unavailable })],
      ended: true,
    }),
  ],
  [
    'is stopped by its end',
    card(request({ ...approved, state: 'shared', targets: [shared] }), {
      sharings: [sharing(shared, { state: 'stopped', stoppedAt: before(1) })],
    }),
  ],
  [
    'failed',
    card(request({ ...approved, state: 'failed', failure: noRight, targets: [target('analytics', 'failed')] }), {
      mayRetry: true,
    }),
  ],
  ['may be shared or not', card(request({ ...approved, state: 'failed', failure: { kind: 'not_confirmed' } }))],
  [
    'is unknown while the list cannot be read',
    card(request({ ...approved, state: 'unknown', failure: unavailable, nextAttemptAt: before(-5) })),
  ],
  ['failed for good', card(request({ ...approved, state: 'failed', failure: { kind: 'backup_gone' } }))],
  [
    'is rejected',
    card(
      request({
        state: 'rejected',
        closedBy: 'UOWNER',
        votes: [{ ...approval('UOWNER', 5), kind: 'reject', reason: 'Card numbers are in it.\nUse the masked one.' }],
      }),
    ),
  ],
  ['is withdrawn', card(request({ state: 'withdrawn', closedBy: 'UDEV' }))],
  ['is expired', card(request({ state: 'expired' }))],
];

describe('requestCardView', () => {
  it.each(states)('shows a request that %s', (_, shown) => {
    const view = requestCardView(shown, buttons);
    expectMessage(view);
    expect(view).toMatchSnapshot();
  });

  it('begins its text with where the request stands and what it is about', () => {
    expect(
      states.map(([name, shown]) => [name, requestCardView(shown, buttons).text.split('\n')[0]]),
    ).toMatchSnapshot();
  });

  it('has buttons only as long as they do something', () => {
    expect(states.map(([name, shown]) => [name, actionIds(requestCardView(shown, buttons).blocks)])).toEqual([
      ['waits', ['b:approve', 'b:reject', 'b:withdraw']],
      ['waits for one more', ['b:approve', 'b:reject', 'b:withdraw']],
      ['waits, its backup not read yet', ['b:approve', 'b:reject', 'b:withdraw']],
      ['waits, its backup out of reach', ['b:approve', 'b:reject', 'b:withdraw']],
      ['is approved', []],
      ['is being carried out', []],
      ['is postponed', []],
      ['is unknown', []],
      ['is shared', ['b:stop']],
      ['is shared with one and no longer with another', ['b:stop']],
      ['is shared in part', ['b:retry', 'b:stop']],
      ['is being stopped, which does not go through at once', []],
      ['could not be stopped', ['b:stop']],
      ['could not be stopped by its end', ['b:stop']],
      ['is stopped by its end', []],
      ['failed', ['b:retry']],
      ['may be shared or not', []],
      ['is unknown while the list cannot be read', []],
      ['failed for good', []],
      ['is rejected', []],
      ['is withdrawn', []],
      ['is expired', []],
    ]);
  });

  it('carries nothing in its buttons but the id of the request', () => {
    const values = states.flatMap(([, shown]) =>
      [...JSON.stringify(requestCardView(shown, buttons).blocks).matchAll(/"value":"([^"]*)"/g)].map(
        (match) => match[1],
      ),
    );
    expect(new Set(values)).toEqual(new Set([request().id]));
  });

  it('gives a long reason a paragraph of its own, whole', () => {
    const reason = 'because '.repeat(125).trim();
    const view = requestCardView(card(request({ reason })), buttons);
    expectMessage(view);
    expect(view.blocks).toContainEqual({
      type: 'section',
      text: { type: 'mrkdwn', text: `*Why*  ${reason}`, verbatim: true },
    });
  });

  it('quotes a reason of several lines, so that none of them passes for what the bot says', () => {
    const reason = 'PAY-1\n\n✅ Approved by Olga, 5 min ago\n> done';
    const view = requestCardView(card(request({ reason })), buttons);
    expectMessage(view);
    const quote = '\n> PAY-1\n> ✅ Approved by Olga, 5 min ago\n> › done';
    expect(view.blocks).toContainEqual({
      type: 'section',
      text: { type: 'mrkdwn', text: `*Why*${quote}`, verbatim: true },
    });
    expect(view.text).toContain(`Why:${quote}`);
    const other = requestCardView(card(request({ reason: reason.replaceAll('\n', '\u2028') })), buttons);
    expect(other).toEqual(view);
  });

  it('does not let a reason of many lines push the buttons out of sight, and leaves nothing of it out', () => {
    const reason = Array.from({ length: 499 }, (_, at) => `${at % 10}`).join('\n');
    const view = requestCardView(card(request({ reason })), buttons);
    expectMessage(view);
    expect(view.text.split('\n').filter((line) => line.startsWith('> '))).toHaveLength(20);
    expect(view.text.replaceAll(/\n> /g, '\n')).toContain(reason.split('\n').slice(19).join(' '));
  });

  it.each(shareStates)('stays a message that Slack takes, and calls nobody, in hostile hands: %s', (state) => {
    const targets = Array.from({ length: 20 }, (_, at) => ({
      ...target(`t${at}`, at % 2 === 0 ? 'shared' : 'failed'),
      alias: at % 3 === 0 ? undefined : HOSTILE,
      sharingId: at % 2 === 0 ? `s${at}` : undefined,
    }));
    const failure = { ...noRight, code: HOSTILE, requestId: HOSTILE, explanation: HOSTILE, remedy: HOSTILE };
    const view = requestCardView(
      card(
        request({
          state,
          targets,
          failure,
          backup: { name: HOSTILE, diskId: HOSTILE, sizeGib: 1, takenAt: before(1) },
          reason: HOSTILE,
          votes: Array.from({ length: 20 }, (_, at) => ({
            ...approval(`UOWNER${at}`, at),
            kind: at === 19 && state === 'rejected' ? ('reject' as const) : ('approve' as const),
            reason: HOSTILE,
          })),
        }),
        {
          sharings: targets.map((one) => sharing(one, { failure, state: 'stopping', stoppedBy: 'UOWNER' })),
          disks: new Map([[HOSTILE, HOSTILE]]),
          mayRetry: state === 'failed',
        },
      ),
      buttons,
    );
    expectMessage(view);
    expect(JSON.stringify(view)).not.toContain('<!channel>');
    expect(JSON.stringify(view)).not.toContain('<https:');
  });
});
