import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/changes/change.ts';
import { type ChangeButtons, changeCardView } from '../../../src/slack/changes/change-card-view.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { actionIds, approval, before, DISK_ID, disks, noRight, unavailable } from '../share/samples.ts';
import { change, create, deeds, hostileDeeds, JOB_ID, OTHER_DISK, remove, restore } from './samples.ts';

const buttons: ChangeButtons = {
  approve: 'change:approve',
  reject: 'change:reject',
  withdraw: 'change:withdraw',
  retry: 'change:retry',
};

function draw(about: Change, mayRetry = false) {
  const message = changeCardView({ change: about, disks, mayRetry }, buttons);
  expectMessage(message);
  return message;
}

const approved = { votes: [approval('UOWNER', 10)] };
const vote = { side: 'source', user: 'UOWNER', kind: 'reject', reason: 'use the replica', at: before(5) } as const;
const mixed = {
  disks: { succeeded: [DISK_ID], failed: [{ diskId: OTHER_DISK, failure: noRight }] },
  policyId: 'p',
};

const stories: Readonly<Record<string, Change>> = {
  'waits for the owners': change(restore),
  'is being carried out': change(restore, { state: 'approved', ...approved }),
  'is put off': change(remove, {
    state: 'executing',
    ...approved,
    failure: unavailable,
    nextAttemptAt: before(-1),
  }),
  'is being looked into': change(restore, { state: 'unknown', ...approved, failure: { kind: 'answer_lost' } }),
  'runs in the cloud': change(restore, {
    state: 'running',
    ...approved,
    startedAt: before(4),
    result: { backupId: 'b1', jobId: JOB_ID, requestId: 'req-9' },
  }),
  'is restored': change(restore, {
    state: 'done',
    ...approved,
    startedAt: before(4),
    finishedAt: before(1),
    result: { backupId: 'b1', jobId: JOB_ID },
  }),
  'may have overwritten a disk': change(restore, {
    state: 'failed',
    ...approved,
    failure: { kind: 'answer_lost', requestId: 'req-7' },
  }),
  'failed after the cloud had begun to write': change(restore, {
    state: 'failed',
    ...approved,
    startedAt: before(4),
    failure: noRight,
  }),
  'found the backup shared': change(remove, { state: 'failed', ...approved, failure: { kind: 'backup_shared' } }),
  'takes much too long': change(create, { state: 'failed', failure: { kind: 'overdue' } }),
  'is rejected': change(remove, { state: 'rejected', votes: [vote], closedBy: 'UOWNER' }),
  'is withdrawn': change(remove, { state: 'withdrawn', closedBy: 'UDEV' }),
  expired: change(remove, { state: 'expired' }),
  'was backed up': change(create, {
    state: 'done',
    startedAt: before(4),
    finishedAt: before(1),
    result: { backupId: 'b7', jobId: JOB_ID, requestId: 'req-9' },
  }),
};

describe('changeCardView', () => {
  it.each(Object.entries(stories))('tells of one that %s', (_, about) => {
    expect(draw(about).text).toMatchSnapshot();
  });

  it.each(deeds.map((deed) => [deed.kind, deed] as const))('tells of a %s that is done', (_, deed) => {
    const message = draw(change(deed, { state: 'done', result: { policyId: 'p' } }));
    expect(message.text).toMatchSnapshot();
    expect(actionIds(message.blocks)).toEqual([]);
  });

  it.each(deeds.map((deed) => [deed.kind, deed] as const))('tells of a %s that failed, and what to do', (_, deed) => {
    expect(draw(change(deed, { state: 'failed', ...approved, failure: noRight })).text).toMatchSnapshot();
  });

  it('tells of each disk what became of it, in plain words, with the code in small type', () => {
    const adding = deeds.filter(({ kind }) => kind === 'policy.add-disks');
    const message = draw(change(adding[0] ?? create, { state: 'done', result: mixed }));
    expect(message).toMatchSnapshot();
  });

  it('says that no disk was moved where none was', () => {
    const adding = deeds.filter(({ kind }) => kind === 'policy.add-disks');
    const none = { disks: { succeeded: [], failed: mixed.disks.failed } };
    expect(draw(change(adding[0] ?? create, { state: 'done', result: none })).text).toMatchSnapshot();
  });

  it('offers what can be done where it stands, and nothing else', () => {
    expect(actionIds(draw(change(restore)).blocks)).toEqual([buttons.approve, buttons.reject, buttons.withdraw]);
    expect(actionIds(draw(change(restore, { state: 'running', ...approved })).blocks)).toEqual([]);
    expect(actionIds(draw(change(create, { state: 'failed', failure: noRight }), true).blocks)).toEqual([
      buttons.retry,
    ]);
  });

  it('lays the card out', () => {
    expect(draw(change(restore)).blocks).toMatchSnapshot();
  });

  it.each(hostileDeeds.map((deed) => [deed.kind, deed] as const))('lets no hostile name of a %s through', (_, deed) => {
    const states = ['pending', 'running', 'done', 'failed'] as const;
    for (const state of states) {
      const failure = state === 'failed' ? ({ kind: 'refused', message: HOSTILE, code: HOSTILE } as const) : undefined;
      const result = {
        jobId: HOSTILE,
        disks: { succeeded: [HOSTILE], failed: [{ diskId: HOSTILE, failure: noRight }] },
      };
      const about = change(deed, { state, failure, result, reason: HOSTILE, project: HOSTILE });
      const message = draw(about, true);
      expect(JSON.stringify(message)).not.toContain('<!channel>');
      expect(JSON.stringify(message)).not.toContain('<https://evil.test');
    }
  });
});
