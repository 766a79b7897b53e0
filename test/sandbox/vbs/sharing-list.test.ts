import { describe, expect, test } from 'vitest';
import { ANALYTICS, at, BACKUP, DISK, each, PAYMENTS, PLATFORM, START, smallSeed, startCloud } from './cloud.ts';

const SHARINGS = '/v2/{p}/os-vendor-backup-sharing';

/** As many sharings as asked for, a minute apart, of as many backups in turn; `s-1` is the oldest. */
async function manySharings(count: number) {
  const cloud = await startCloud();
  cloud.sim.plant({
    backups: [0, 1, 2].map((n) => ({
      id: `c0000000-0000-4000-8000-00000000000${n}`,
      disk: 'db-2',
      name: `many-${n}`,
      createdAt: START,
    })),
    sharings: Array.from({ length: count }, (_, n) => ({
      id: `50000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
      backup: `many-${n % 3}`,
      to: n % 2 === 0 ? 'analytics' : 'platform',
      createdAt: new Date(START.getTime() + n * 60_000),
    })),
  });
  return cloud.as('owner', PAYMENTS);
}

describe('the list', () => {
  test('is newest first, paged by limit and offset, without a total or a link', async () => {
    const owner = await manySharings(7);
    const page = async (query: string) => {
      const { body } = await owner.get(`${SHARINGS}/detail?${query}`);
      expect(Object.keys(body ?? {})).toEqual(['shared']);
      return each(body, 'shared', 'id').map((id) => Number(String(id).slice(-2)));
    };
    expect(await page('')).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await page('limit=3')).toEqual([7, 6, 5]);
    expect(await page('limit=3&offset=6')).toEqual([1]);
    expect(await page('limit=3&offset=7')).toEqual([]);
    expect(await page('limit=0')).toEqual([]);
    expect(await page('sort_dir=asc&limit=2')).toEqual([1, 2]);
    expect(await page('sort_key=name&sort_dir=asc&limit=4')).toEqual([1, 4, 7, 2]);
    expect(await page('sort_key=id&limit=2')).toEqual([7, 6]);
  });

  test('never brings more than a page at once', async () => {
    const seed = smallSeed();
    const sharings = Array.from({ length: 5 }, () => ({ backup: BACKUP, to: 'analytics', createdAt: START }));
    const { as } = await startCloud({ seed: { ...seed, sharings }, maxPage: 3 });
    const owner = await as('owner', PAYMENTS);
    const lengths = [];
    for (const query of ['', '?limit=1000', '?offset=3'])
      lengths.push(each((await owner.get(`${SHARINGS}/detail${query}`)).body, 'shared', 'id').length);
    expect(lengths).toEqual([3, 3, 2]);
  });

  test.each([
    ['backup_id=c0000000-0000-4000-8000-000000000001', 3],
    [`volume_id=${DISK}`, 0],
    ['name=MANY-2', 2],
    ['name=', 8],
    ['status=available', 8],
    ['status=error', 0],
    [`to_project_id=${PLATFORM}`, 4],
    [`from_project_id=${ANALYTICS}`, 0],
    ['avalilability_zone=eu-de-02', 8],
    ['avalilability_zone=eu-de-01', 0],
    ['availability_zone=eu-de-01', 0],
    ['unknown_filter=x', 8],
    [`name=many-1&to_project_id=${ANALYTICS}`, 1],
  ])('and the count are filtered by %s', async (query, expected) => {
    const owner = await manySharings(8);
    expect((await owner.get(`${SHARINGS}/count?${query}`)).body).toEqual({ count: expected });
    expect(each((await owner.get(`${SHARINGS}/detail?${query}`)).body, 'shared', 'id')).toHaveLength(expected);
  });

  test.each([
    ['limit=-1', 'VolumeBackup.0002'],
    ['limit=ten', 'VolumeBackup.0002'],
    ['offset=1.5', 'VolumeBackup.0002'],
    ['sort_key=colour', 'VolumeBackup.0002'],
    ['sort_dir=up', 'VolumeBackup.0002'],
    ['share_to_me=perhaps', 'VolumeBackup.0002'],
    ['backup_id=1', 'VolumeBackup.0204'],
    ['volume_id=1', 'VolumeBackup.0011'],
    ['to_project_id=analytics', 'VolumeBackup.0002'],
  ])('refuses %s', async (query, code) => {
    const { as } = await startCloud();
    const reply = await (await as('owner', PAYMENTS)).get(`${SHARINGS}/detail?${query}`);
    expect([reply.status, at(reply.body, 'error', 'code')]).toEqual([400, code]);
  });
});
