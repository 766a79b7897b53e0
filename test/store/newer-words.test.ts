import { expect, it } from 'vitest';
import { onEachDatabase } from './on-each-database.ts';
import { rawSql } from './raw-sql.ts';
import { aRequest, noon } from './samples.ts';

onEachDatabase('what a newer version has put down', ({ open, url }) => {
  it('does not keep older work from being taken up', async () => {
    const { shareRequests } = await open();
    for (const id of ['R1', 'R2']) await shareRequests.insert(aRequest({ id, state: 'approved' }), id);
    const failure = JSON.stringify({ kind: 'a-newer-kind', code: 'VolumeBackup.0042', more: 1 });
    await rawSql(await url(), `update share_requests set failure = '${failure}' where id = 'R1'`);
    const claimed = await shareRequests.claimDue({ now: noon(1), until: noon(2), limit: 8 });
    expect(claimed.map(({ item }) => [item.id, item.failure])).toEqual([
      ['R1', { kind: 'no_reason_given', code: 'VolumeBackup.0042' }],
      ['R2', undefined],
    ]);
  });
});
