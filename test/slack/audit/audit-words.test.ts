import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditActions, BOT } from '../../../src/core/audit.ts';
import { actionName, entryWords, type NamedEntry } from '../../../src/slack/audit/audit-words.ts';
import { inMessage } from '../../../src/slack/audit/speech.ts';
import { NOW } from '../policies/samples.ts';

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: NOW,
  actor: 'U0OLGA',
  action: 'share.requested',
  project: 'payments',
  subject: '01JD0REQUEST',
  outcome: 'ok',
  details: {},
  cloudRequestId: undefined,
  ...more,
});
const words = (more: Partial<AuditEntry>, known: Partial<NamedEntry> = {}) =>
  entryWords(
    { entry: entry(more), name: 'db-nightly', disk: 'payments-db-1', receivers: ['analytics'], ...known },
    inMessage,
  );

describe('entryWords', () => {
  it.each(
    auditActions.flatMap((action) => (['ok', 'failed', 'unknown'] as const).map((outcome) => ({ action, outcome }))),
  )('says what happened: $action, $outcome', ({ action, outcome }) => {
    const details = { kind: 'backup.delete', backup: 'b1', disks: 4, ...(outcome !== 'ok' && { reason: 'quota' }) };
    expect(words({ action, outcome, details })).toMatchSnapshot();
  });

  it.each([
    ['backup.create', { disk: 'd1' }],
    ['backup.restore', { disk: 'd1' }],
    ['backup.delete', {}],
    ['policy.create', {}],
    ['policy.create', { tags: ['stage=test'] }],
    ['policy.modify', { name: 'nightly', to: 'hourly' }],
    ['policy.modify', { name: 'nightly', to: 'nightly' }],
    ['policy.switch', { enabled: true }],
    ['policy.switch', { enabled: false }],
    ['policy.delete', { disks: 4 }],
    ['policy.add-disks', { disks: ['d1', 'd2'] }],
    ['policy.remove-disks', { disks: ['d1'] }],
    ['policy.tags', { action: 'create', tags: ['stage=test', 'team=data'] }],
    ['policy.tags', { action: 'delete', tags: ['stage'] }],
    ['something.newer', {}],
  ])('says what a change of the kind %s does: %j', (kind, details) => {
    expect(words({ action: 'change.requested', details: { kind, ...details } }, { name: 'nightly' })).toMatchSnapshot();
  });

  it('tells whose end came from a stop that a person asked for', () => {
    const action = 'sharing.stop-requested';
    expect(words({ action, actor: BOT })).toBe('The end of sharing db-nightly with analytics came');
    expect(words({ action })).toBe('<@U0OLGA> asked to stop sharing db-nightly with analytics');
  });

  it('adds the reason of a person, and calls by id what has no name', () => {
    const details = { backup: 'b1a2', reason: 'the *wrong* <!channel> one' };
    expect(words({ action: 'share.rejected', details }, { name: undefined })).toBe(
      '<@U0OLGA> rejected the request to share the backup b1a2: “the ∗wrong∗ &lt;!channel&gt; one”',
    );
  });

  it('adds why it failed, with the cloud’s code', () => {
    const details = { backup: 'b1', reason: 'quota', code: 'VolumeBackup.0081' };
    expect(words({ action: 'share.executed', actor: BOT, outcome: 'failed', details })).toBe(
      'The bot could not share db-nightly with analytics: The quota of this project is used up. (VolumeBackup.0081)',
    );
  });
});

describe('actionName', () => {
  it('names every action differently', () => {
    expect(new Set(auditActions.map(actionName)).size).toBe(auditActions.length);
  });
});
