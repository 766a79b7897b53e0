import { describe, expect, it } from 'vitest';
import { changeEvents } from '../../../src/core/cards.ts';
import type { Change } from '../../../src/core/changes/change.ts';
import { changeEventView } from '../../../src/slack/changes/change-event-view.ts';
import { changeNoticeView } from '../../../src/slack/changes/change-notice-view.ts';
import { changeOutcomeView } from '../../../src/slack/changes/change-outcome-view.ts';
import { expectMessage, expectView, HOSTILE } from '../expect-view.ts';
import { approval, before, disks, noRight } from '../share/samples.ts';
import { change, create, deeds, hostileDeeds, remove, restore } from './samples.ts';

const rejection = { side: 'source', user: 'UOWNER', kind: 'reject', reason: 'use the replica', at: before(5) } as const;
const details: Readonly<Record<string, string>> = {
  approved: 'UOWNER',
  rejected: 'UOWNER',
  retried: 'UDEV-17',
  withdrawn: 'UDEV',
};
const states = { done: 'done', failed: 'failed', rejected: 'rejected', expired: 'expired' } as const;

function at(event: (typeof changeEvents)[number], about: Change) {
  return { changeId: about.id, event, detail: details[event] ?? '17' };
}

function told(deed: Change['deed'], event: (typeof changeEvents)[number]): Change {
  const votes = event === 'rejected' ? [rejection] : [approval('UOWNER', 10)];
  const state = event in states ? states[event as keyof typeof states] : 'running';
  return change(deed, { state, votes, ...(event === 'failed' && { failure: noRight }) });
}

describe('changeEventView', () => {
  it.each(changeEvents)('tells in a line that it was %s', (event) => {
    const message = changeEventView(at(event, change(remove)), { change: told(remove, event), disks });
    expectMessage(message);
    expect(message.text).toMatchSnapshot();
  });

  it('says that the cloud may have overwritten a disk all the same, and that the bot does not repeat it', () => {
    const unsure = change(restore, { state: 'failed', failure: { kind: 'answer_lost' } });
    expect(changeEventView(at('failed', unsure), { change: unsure, disks }).text).toMatchSnapshot();
  });
});

describe('changeOutcomeView', () => {
  it.each(changeEvents)('tells the requester that it was %s', (event) => {
    const about = told(restore, event);
    const parts = { change: about, disks, moment: at(event, about), channel: 'C1', mayRetry: event === 'failed' };
    const message = changeOutcomeView(parts);
    expectMessage(message);
    expect(message.text).toMatchSnapshot();
  });
});

describe('changeNoticeView', () => {
  const view = (about: Change, channel: string | undefined) => {
    const drawn = changeNoticeView({ change: about, disks, channel, title: 'Policy' });
    expectView(drawn);
    return drawn;
  };

  it('says at once that it is being worked on', () => {
    expect(view(change(create), undefined)).toMatchSnapshot();
  });

  it('says that it goes on, and where its card is', () => {
    expect(view(change(create, { state: 'running', startedAt: before(1) }), 'C1')).toMatchSnapshot();
  });

  it.each(deeds.map((deed) => [deed.kind, deed] as const))('says what came of a %s', (_, deed) => {
    expect(view(change(deed, { state: 'done' }), 'C1')).toMatchSnapshot();
  });

  it('stays a view that Slack takes when everything is named by an enemy', () => {
    for (const deed of hostileDeeds) {
      const failure = { kind: 'refused', message: HOSTILE, code: HOSTILE, requestId: HOSTILE } as const;
      const about = change(deed, { state: 'failed', failure, project: HOSTILE });
      expect(JSON.stringify(view(about, 'C1'))).not.toContain('<!channel>');
      for (const event of changeEvents) {
        const parts = { change: about, disks, moment: at(event, about), channel: 'C1', mayRetry: true };
        expectMessage(changeOutcomeView(parts));
        expectMessage(changeEventView(at(event, about), parts));
        expect(JSON.stringify(changeOutcomeView(parts))).not.toContain('<!channel>');
      }
    }
  });
});
