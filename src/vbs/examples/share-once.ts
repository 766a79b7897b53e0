import { type Sharing, type VbsClient, VbsError } from '../vbs.ts';

/**
 * Shares a backup, if it is not shared yet. Sharing is not idempotent: after an error whose effect is unknown the list
 * tells whether it was done. Undefined if it does not show it: a call whose answer was lost may still be carried out,
 * so wait a while before asking again.
 */
export async function shareOnce(
  client: VbsClient,
  backupId: string,
  toProjectId: string,
): Promise<Sharing | undefined> {
  const find = async () => {
    for await (const sharing of client.sharings.list({ backupId, toProjectId })) return sharing;
    return undefined;
  };
  const known = await find();
  if (known !== undefined) return known;
  try {
    await client.sharings.share(backupId, [toProjectId]);
  } catch (error) {
    if (!(error instanceof VbsError) || error.effect === 'none') throw error;
  }
  return await find();
}
