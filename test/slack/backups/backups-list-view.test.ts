import { describe, expect, it } from 'vitest';
import { backupsListView } from '../../../src/slack/backups/backups-list-view.ts';
import type { BackupsPage } from '../../../src/slack/backups/read-backups.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { backup, backupId, hoursAgo, NOW, OTHER_DISK_ID, payments, unavailable } from './samples.ts';

const about = {
  ids: { page: 'backups:page', filter: 'backups:filter', details: 'backups:details', create: 'backup:begin' },
  now: NOW,
};

function page(more: Partial<BackupsPage> = {}): BackupsPage {
  const items = more.items ?? [backup(1)];
  return {
    items,
    total: items.length,
    page: 0,
    place: { project: 'payments', page: 0, filter: {} },
    all: items.length,
    disks: payments.disks,
    sharedWith: new Map(),
    sharingsFailure: undefined,
    mayBackUp: true,
    at: hoursAgo(0),
    ...more,
  };
}

describe('backupsListView', () => {
  it('says of each backup how it is, its size, disk and age, and with whom it is shared', () => {
    const list = backupsListView(
      page({
        items: [
          backup(1),
          backup(2, { status: 'creating', name: undefined, takenAt: undefined }),
          backup(30, { status: 'error', diskId: OTHER_DISK_ID, sizeGib: 1_200 }),
          backup(200, { status: 'error_deleting', diskId: undefined }),
        ],
        sharedWith: new Map([
          [backupId(1), ['analytics']],
          [backupId(30), ['analytics', 'platform', 'lab', 'qa', 'dev']],
        ]),
      }),
      about,
    );
    expectMessage(list);
    expect(list).toMatchSnapshot();
  });

  it('shows its place in a long list with the filter in words, and buttons that carry both', () => {
    const filter = { name: 'nightly', status: 'error' as const, disk: 'db-1' };
    const place = { project: 'payments', page: 2, filter };
    const list = backupsListView(page({ place, page: 2, total: 1_204, all: 10_000 }), about);
    expectMessage(list);
    expect(list.text.split('\n')[0]).toBe(
      '*Backups of payments*, 21–30 of 1,204 · name or id with “nightly”, status error, disk “db-1”, newest first',
    );
    expect(list.blocks.at(-2)).toMatchObject({
      elements: [
        { action_id: 'backups:page#previous', value: JSON.stringify({ ...place, page: 1 }) },
        { action_id: 'backups:page#next', value: JSON.stringify({ ...place, page: 3 }) },
        { action_id: 'backup:begin', value: JSON.stringify({ project: 'payments' }) },
      ],
    });
  });

  it('has no button to where there is no page, and none for what the person may not do', () => {
    const list = backupsListView(page({ mayBackUp: false }), about);
    expect(JSON.stringify(list)).not.toContain('backups:page');
    expect(JSON.stringify(list)).not.toContain('backup:begin');
  });

  it('says what to do where there is no backup, and where the filter lets none through', () => {
    const none = backupsListView(page({ items: [] }), about);
    const place = { project: 'payments', page: 0, filter: { status: 'error' as const } };
    const filtered = backupsListView(page({ items: [], total: 0, all: 1_204, place }), about);
    expectMessage(none);
    expectMessage(filtered);
    expect(none.text).toBe(
      '*Backups of payments*: none yet\nThe policies make them: `/vbs policies payments` shows when, and `/vbs run payments` starts one now.',
    );
    expect(filtered).toMatchSnapshot();
  });

  it('comes with a note where the cloud does not tell what is shared', () => {
    const list = backupsListView(page({ sharingsFailure: unavailable }), about);
    expectMessage(list);
    expect(list.text).toContain(
      '⚠️ With whom they are shared may be incomplete. The cloud does not answer now. Try again in a few minutes.',
    );
  });

  it('shows hostile names harmlessly, ten of them within Slack’s limits', () => {
    const items = Array.from({ length: 10 }, (_, index) => backup(index, { name: HOSTILE }));
    const part = HOSTILE.slice(0, 80);
    const list = backupsListView(
      page({
        items,
        total: 99,
        page: 2,
        disks: new Map(items.map(({ diskId }) => [diskId ?? '', HOSTILE])),
        place: { project: 'payments', page: 2, filter: { name: part, disk: '\u0001'.repeat(80) } },
      }),
      about,
    );
    expectMessage(list);
    expect(list.text.length).toBeLessThanOrEqual(4_000);
  });
});
