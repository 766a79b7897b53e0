import { describe, expect, it } from 'vitest';
import { type SharingDetails, sharingDetailsView } from '../../../src/slack/shares/sharing-details-view.ts';
import type { SharingEntry } from '../../../src/slack/shares/sharing-entry.ts';
import { analytics, hoursAgo, NOW, payments, registered, request, sharing } from '../backups/samples.ts';
import { expectView, HOSTILE } from '../expect-view.ts';

const about = { ids: { stop: 'share:stop-sharing', request: 'link:request' }, now: NOW };

function details(entry: Partial<SharingEntry> = {}, more: Partial<SharingDetails> = {}): SharingDetails {
  return {
    entry: {
      sharing: sharing(1),
      from: { alias: 'payments', projectId: payments.id },
      to: { alias: 'analytics', projectId: analytics.id },
      standing: 'shared',
      registered: undefined,
      request: undefined,
      ...entry,
    },
    project: 'payments',
    direction: 'out',
    disks: payments.disks,
    mayStop: true,
    card: undefined,
    ...more,
  };
}

describe('sharingDetailsView', () => {
  it('shows who shares what with whom, why and until when, and what the receiver can do', () => {
    const known = { request: request(1), registered: registered(1, { stopAt: hoursAgo(-72) }) };
    const view = sharingDetailsView(details(known, { card: 'https://slack.test/card' }), about);
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it('keeps the reason, the failure and the stop to the project that shares', () => {
    const failure = { kind: 'refused' as const, code: 'VolumeBackup.0042', explanation: 'No right to it.' };
    const known = { request: request(1), registered: registered(1, { failure }), standing: 'stop-failed' as const };
    const ours = sharingDetailsView(details(known), about);
    const theirs = sharingDetailsView(details(known, { project: 'analytics', direction: 'in', mayStop: false }), about);
    for (const view of [ours, theirs]) expectView(view);
    expect(JSON.stringify(ours)).toMatch(/No right to it.*PAY-2231.*Stop sharing.*VolumeBackup\.0042/);
    expect(JSON.stringify(theirs)).not.toMatch(/No right|PAY-2231|Stop sharing|VolumeBackup/);
    expect(JSON.stringify(theirs)).toContain('Only the owners of payments can stop it.');
  });

  it.each(['stopping', 'stopped'] as const)('has no button to stop what is %s', (standing) => {
    const view = sharingDetailsView(details({ standing }), about);
    expectView(view);
    expect(JSON.stringify(view)).not.toContain('"button"');
  });

  it('has no button for a person who may not stop it, and says who may', () => {
    const view = sharingDetailsView(details({}, { mayStop: false }), about);
    expect(JSON.stringify(view)).not.toContain('"button"');
    expect(JSON.stringify(view)).toContain('Only the owners of payments can stop it.');
  });

  it('shows hostile words harmlessly', () => {
    const hostile = sharing(1, { backup: { name: HOSTILE, diskId: HOSTILE, sizeGib: undefined, takenAt: undefined } });
    const view = sharingDetailsView(details({ sharing: hostile, request: request(1, { reason: HOSTILE }) }), about);
    expectView(view);
  });
});
