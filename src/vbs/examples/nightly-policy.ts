import type { VbsClient } from '../vbs.ts';

/** Makes a policy that backs disks up each night and keeps a week of backups; answers the disks it could not take. */
export async function nightlyPolicy(client: VbsClient, volumeIds: readonly string[]): Promise<string[]> {
  const { policyId } = await client.policies.create({
    name: 'nightly-week',
    timeZone: 'UTC+01:00',
    schedule: { startTimes: ['01:00'], everyDays: 1, keepLast: 7, enabled: true },
    tags: [{ key: 'made-by', value: 'nightly' }],
  });
  const { failed } = await client.policies.associate(policyId, volumeIds);
  return failed.map((disk) => `${disk.volumeId}: ${disk.explanation ?? disk.message ?? 'no reason told'}`);
}
