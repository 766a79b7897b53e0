import { describe, expect, it } from 'vitest';
import { backupDetailsView } from '../../../src/slack/backups/backup-details-view.ts';
import type { BackupDetails, BackupSharing } from '../../../src/slack/backups/read-backup.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { analytics, backup, hoursAgo, NOW, payments, registered, sharingId, unavailable } from './samples.ts';

const about = {
  ids: {
    share: 'backups:share',
    stop: 'share:stop-sharing',
    stopAll: 'share:stop-all',
    restore: 'restore:begin',
    delete: 'delete:begin',
  },
  now: NOW,
  metadata: '{}',
};

function details(more: Partial<BackupDetails> = {}): BackupDetails {
  return {
    project: 'payments',
    backup: backup(3),
    disks: payments.disks,
    sharings: [],
    sharingsFailure: undefined,
    mayShare: true,
    mayStop: true,
    mayChange: true,
    ...more,
  };
}

function shared(index: number, more: Partial<BackupSharing> = {}): BackupSharing {
  const to = { alias: 'analytics', projectId: analytics.id };
  return { id: sharingId(index), to, since: hoursAgo(30), registered: undefined, ...more };
}

describe('backupDetailsView', () => {
  it('shows all there is to know, where it is shared, and what can be done', () => {
    const view = backupDetailsView(
      details({
        backup: backup(3, { incremental: true, availabilityZone: 'eu-de-01', description: 'before\nthe migration' }),
        sharings: [
          shared(1, { registered: registered(1, { stopAt: hoursAgo(-48) }) }),
          shared(2, { to: { alias: undefined, projectId: 'c'.repeat(32) }, since: undefined }),
          shared(3, { registered: registered(3, { state: 'stopping' }) }),
        ],
      }),
      about,
    );
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it('says why a backup failed, and that it cannot be shared', () => {
    const view = backupDetailsView(
      details({ backup: backup(3, { status: 'error', failReason: 'volume 77 is gone' }) }),
      about,
    );
    expectView(view);
    const shown = JSON.stringify(view);
    expect(shown).toContain('*Why it failed*  volume 77 is gone');
    expect(shown).toContain('Only an available backup can be shared.');
    expect(shown).not.toContain('backups:share');
  });

  it('has no button for a person who may neither ask nor decide', () => {
    const view = backupDetailsView(
      details({ sharings: [shared(1), shared(2)], mayShare: false, mayStop: false, mayChange: false }),
      about,
    );
    expectView(view);
    expect(JSON.stringify(view)).not.toContain('"button"');
  });

  it('counts the sharings that it does not show, and says when the cloud told of none', () => {
    const many = backupDetailsView(
      details({ sharings: Array.from({ length: 120 }, (_, index) => shared(index)) }),
      about,
    );
    const silent = backupDetailsView(details({ sharings: [], sharingsFailure: unavailable }), about);
    expectView(many);
    expectView(silent);
    expect(JSON.stringify(many)).toContain('… and 100 more sharings: `/vbs shares payments out` lists all.');
    expect(JSON.stringify(silent)).toContain('This may be incomplete. The cloud does not answer now.');
  });

  it('shows hostile words harmlessly', () => {
    const words = { name: HOSTILE, description: HOSTILE, failReason: HOSTILE, availabilityZone: HOSTILE };
    expectView(backupDetailsView(details({ backup: backup(3, words) }), about));
  });
});
