import { describe, expect, it } from 'vitest';
import type { SharesPage } from '../../../src/slack/shares/read-shares.ts';
import { sharesListView } from '../../../src/slack/shares/shares-list-view.ts';
import type { SharingEntry } from '../../../src/slack/shares/sharing-entry.ts';
import { analytics, hoursAgo, NOW, payments, registered, request, sharing } from '../backups/samples.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';

const about = { ids: { page: 'shares:page', details: 'shares:details' }, now: NOW };

function entry(index: number, more: Partial<SharingEntry> = {}): SharingEntry {
  return {
    sharing: sharing(index),
    from: { alias: 'payments', projectId: payments.id },
    to: { alias: 'analytics', projectId: analytics.id },
    standing: 'shared',
    registered: undefined,
    request: undefined,
    ...more,
  };
}

function page(more: Partial<SharesPage> = {}): SharesPage {
  const items = more.items ?? [entry(1)];
  return {
    items,
    total: items.length,
    page: 0,
    place: { project: 'payments', direction: 'out', page: 0 },
    disks: payments.disks,
    others: 12,
    at: hoursAgo(0),
    ...more,
  };
}

describe('sharesListView', () => {
  it('says of each what is shared with whom, since and until when, and on whose wish', () => {
    const list = sharesListView(
      page({
        items: [
          entry(1, { request: request(1), registered: registered(1, { stopAt: hoursAgo(-72), requestId: 'R1' }) }),
          entry(2, { to: { alias: undefined, projectId: 'c'.repeat(32) } }),
          entry(3, { standing: 'stopping', registered: registered(3, { state: 'stopping', stopAt: hoursAgo(-72) }) }),
          entry(4, { standing: 'stopped' }),
          entry(5, { standing: 'stop-failed' }),
          entry(6, { sharing: sharing(6, { backup: undefined, createdAt: undefined }) }),
        ],
      }),
      about,
    );
    expectMessage(list);
    expect(list).toMatchSnapshot();
  });

  it('names the project that shares where something is shared with the project', () => {
    const list = sharesListView(page({ place: { project: 'analytics', direction: 'in', page: 0 } }), about);
    expectMessage(list);
    expect(list.text).toContain(
      '*Shared with analytics*, 1 of 1 · newest first\n✅ Shared: *db-nightly-0001* by payments',
    );
    expect(list.blocks.at(-2)).toMatchObject({
      elements: [
        { text: { text: 'Show what it shares (12)' }, accessibility_label: 'Show what is shared by analytics (12)' },
      ],
    });
    expect(list.blocks[0]).not.toHaveProperty('accessory');
  });

  it('shows its place in a long list, and turns its pages', () => {
    const items = Array.from({ length: 10 }, (_, index) => entry(index));
    const place = { project: 'payments', direction: 'out' as const, page: 2 };
    const list = sharesListView(page({ items, page: 2, total: 10_000, place }), about);
    expectMessage(list);
    expect(list.text.split('\n')[0]).toBe('*Shared by payments*, 21–30 of 10,000 · newest first');
    expect(list.blocks.at(-3)).toMatchObject({
      elements: [
        { action_id: 'shares:page#previous', value: JSON.stringify({ ...place, page: 1 }) },
        { action_id: 'shares:page#next', value: JSON.stringify({ ...place, page: 3 }) },
      ],
    });
  });

  it.each(['out', 'in'] as const)('says what to do where nothing is shared (%s)', (direction) => {
    const list = sharesListView(page({ items: [], place: { project: 'payments', direction, page: 0 } }), about);
    expectMessage(list);
    expect(list).toMatchSnapshot();
  });

  it('shows hostile names harmlessly, ten of them within Slack’s limits', () => {
    const hostile = sharing(1, {
      backup: { ...sharing(1).backup, name: HOSTILE, diskId: HOSTILE, sizeGib: 1, takenAt: NOW },
    });
    const items = Array.from({ length: 10 }, () => entry(1, { sharing: hostile, request: request(1) }));
    const list = sharesListView(page({ items }), about);
    expectMessage(list);
    expect(list.text.length).toBeLessThanOrEqual(4_000);
  });
});
