import { describe, expect, it } from 'vitest';
import { stoppedNoticeView } from '../../../src/slack/share/stopped-notice-view.ts';
import { expectMessage, HOSTILE, NOW, noRight, sharing, target } from './samples.ts';

const shared = target('analytics', 'shared');

describe('stoppedNoticeView', () => {
  it.each([
    ['stopped by a person', 'stopped', { state: 'stopped' as const, stoppedBy: 'UOWNER', stoppedAt: NOW }],
    ['stopped at its end', 'stopped', { state: 'stopped' as const, stoppedAt: NOW }],
    ['not stopped', 'stop-failed', { failure: noRight }],
    ['not stopped, in hostile hands', 'stop-failed', { backupName: HOSTILE, failure: { ...noRight, code: HOSTILE } }],
  ] as const)('tells that a sharing was %s', (_, event, of) => {
    const view = stoppedNoticeView({ sharing: sharing(shared, of), receiver: 'analytics', event });
    expectMessage(view);
    expect(view.text).toMatchSnapshot();
  });
});
