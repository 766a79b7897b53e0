import { describe, expect, it } from 'vitest';
import { shareEvents } from '../../../src/core/cards.ts';
import type { ShareMoment } from '../../../src/core/sharing/tell.ts';
import { eventView } from '../../../src/slack/share/event-view.ts';
import { outcomeView } from '../../../src/slack/share/outcome-view.ts';
import { readMoment } from '../../../src/slack/share/read-moment.ts';
import type { ReadShare } from '../../../src/slack/share/read-share.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { approval, before, disks, noRight, request, sharing, target } from './samples.ts';

const shared = target('analytics', 'shared');
const second = target('platform', 'shared');
const rejection = { ...approval('UOWNER', 3), kind: 'reject' as const };
const done = request({
  state: 'shared',
  targets: [shared],
  votes: [approval('UOWNER', 5), approval('UOWNER2', 4)],
});

function share(of: ReturnType<typeof request>, sharings: ReadShare['sharings'] = []): ReadShare {
  return { request: of, sharings, disks };
}

const moments: readonly (readonly [string, Omit<ShareMoment, 'requestId'>, ReadShare])[] = [
  ['the first of two approvals', { event: 'approved', detail: 'UOWNER' }, share(done)],
  ['the last approval', { event: 'approved', detail: 'UOWNER2' }, share(done)],
  [
    'a rejection',
    { event: 'rejected', detail: 'UOWNER' },
    share(request({ state: 'rejected', votes: [{ ...rejection, reason: 'Card numbers are in it.' }] })),
  ],
  [
    'a rejection with a long reason',
    { event: 'rejected', detail: 'UOWNER' },
    share(request({ state: 'rejected', votes: [{ ...rejection, reason: 'Card numbers.\nUse the masked one.' }] })),
  ],
  [
    'a rejection in three words',
    { event: 'rejected', detail: 'UOWNER' },
    share(request({ state: 'rejected', votes: [{ ...rejection, reason: 'Not this one' }] })),
  ],
  ['a withdrawal', { event: 'withdrawn', detail: 'UDEV' }, share(request({ state: 'withdrawn' }))],
  ['an expiry', { event: 'expired', detail: 'bot' }, share(request({ state: 'expired' }))],
  ['that it is shared', { event: 'shared', detail: '1795177200000' }, share(done, [sharing(shared)])],
  [
    'a failure',
    { event: 'failed', detail: '1795177200000' },
    share({ ...done, state: 'failed', failure: noRight, targets: [target('analytics', 'failed')] }),
  ],
  [
    'a failure in part',
    { event: 'failed', detail: '1795177200000' },
    share({ ...done, state: 'failed', failure: noRight, targets: [shared, target('reporting', 'failed')] }),
  ],
  [
    'an outcome that is not certain',
    { event: 'failed', detail: '1795177200000' },
    share({ ...done, state: 'failed', failure: { kind: 'not_confirmed' }, targets: [target('analytics', 'failed')] }),
  ],
  ['a failure that was tried again since', { event: 'failed', detail: '1795177200000' }, share(request())],
  ['another try', { event: 'retried', detail: 'UOWNER-1795177200000' }, share(done)],
  [
    'a stop that was ordered',
    { event: 'stopped', detail: shared.sharingId ?? '' },
    share(done, [sharing(shared, { state: 'stopped', stoppedBy: 'UOWNER2', stoppedAt: before(1) })]),
  ],
  [
    'a stop at the end',
    { event: 'stopped', detail: shared.sharingId ?? '' },
    share(done, [sharing(shared, { state: 'stopped', stoppedAt: before(1) })]),
  ],
  [
    'a stop at the end of two at once',
    { event: 'stopped', detail: `${shared.sharingId},${second.sharingId}` },
    share({ ...done, targets: [shared, second] }, [
      sharing(shared, { state: 'stopped', stoppedAt: before(1) }),
      sharing(second, { state: 'stopped', stoppedAt: before(1) }),
    ]),
  ],
  [
    'a stop that failed',
    { event: 'stop-failed', detail: `${shared.sharingId}-1795177200000` },
    share(done, [sharing(shared, { stoppedBy: 'UOWNER2', failure: noRight })]),
  ],
];

describe('eventView', () => {
  it.each(moments)('tells of %s', (_, moment, of) => {
    const view = eventView({ requestId: of.request.id, ...moment }, of);
    expectMessage(view);
    expect(view.text).toMatchSnapshot();
  });
});

describe('outcomeView', () => {
  it.each(moments)('tells the requester of %s, by name and with where to look', (_, moment, of) => {
    const view = outcomeView({
      ...of,
      moment: { requestId: of.request.id, ...moment },
      channel: 'C0PAYMENTS',
      mayRetry: moment.event === 'failed' && of.request.failure !== undefined,
    });
    expectMessage(view);
    expect(view.text).toContain('db-nightly-0412 (payments)');
    expect(view.text).toContain('<#C0PAYMENTS>');
    expect(view.text).toMatchSnapshot();
  });

  it.each(shareEvents)('says nothing that Slack would take for a call, whatever things are named: %s', (event) => {
    const named = { ...shared, alias: HOSTILE };
    const of = share(
      {
        ...done,
        targets: [named],
        backup: { name: HOSTILE, diskId: undefined, sizeGib: undefined, takenAt: undefined },
        failure: { kind: 'refused', message: HOSTILE, code: HOSTILE },
        votes: [{ ...rejection, reason: HOSTILE }],
      },
      [sharing(named, { failure: { kind: 'refused', message: HOSTILE } })],
    );
    const moment = { requestId: done.id, event, detail: event.startsWith('stop') ? (named.sharingId ?? '') : 'UOWNER' };
    for (const view of [eventView(moment, of), outcomeView({ ...of, moment, channel: undefined, mayRetry: true })]) {
      expectMessage(view);
      expect(JSON.stringify(view)).not.toContain('<!channel>');
    }
  });
});

describe('readMoment', () => {
  it('reads what a card is about, and nothing that it does not know', () => {
    expect(readMoment('R1#rejected#UOWNER')).toEqual({ requestId: 'R1', event: 'rejected', detail: 'UOWNER' });
    expect(readMoment('R1#eaten#UOWNER')).toBeUndefined();
    expect(readMoment('R1')).toBeUndefined();
  });
});
