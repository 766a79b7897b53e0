import { describe, expect, it } from 'vitest';
import { stoppedNoticeView } from '../../../src/slack/share/stopped-notice-view.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { NOW, noRight, sharing, target } from './samples.ts';

const shared = target('analytics', 'shared');

describe('stoppedNoticeView', () => {
  it.each([
    ['stopped by a person', 'stopped', { state: 'stopped' as const, stoppedBy: 'UOWNER', stoppedAt: NOW }],
    ['stopped at its end', 'stopped', { state: 'stopped' as const, stoppedAt: NOW }],
    ['not stopped', 'stop-failed', { failure: noRight }],
    ['not stopped, in hostile hands', 'stop-failed', { backupName: HOSTILE, failure: { ...noRight, code: HOSTILE } }],
  ] as const)('tells that a sharing was %s', (_, event, of) => {
    const view = stoppedNoticeView({ sharings: [sharing(shared, of)], receivers: [shared], event });
    expectMessage(view);
    expect(view.text).toMatchSnapshot();
  });

  it('tells of several at once', () => {
    const others = Array.from({ length: 7 }, (_, at) => target(`team-${at + 1}`, 'shared'));
    const of = { state: 'stopped' as const, stoppedBy: 'UOWNER', stoppedAt: NOW };
    const view = stoppedNoticeView({
      sharings: [sharing(shared, of), ...others.map((one) => sharing(one, of))],
      receivers: [shared, ...others],
      event: 'stopped',
    });
    expectMessage(view);
    expect(view.text).toMatchSnapshot();
  });
});
