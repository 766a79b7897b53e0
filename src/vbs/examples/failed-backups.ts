import type { VbsClient } from '../vbs.ts';

/** The backups that failed, newest first, and why. Pages are fetched as the list is read. */
export async function failedBackups(client: VbsClient, most: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const backup of client.backups.list({ status: 'error' })) {
    lines.push(`${backup.name ?? backup.id}: ${backup.failReason ?? 'no reason told'}`);
    if (lines.length === most) break;
  }
  return lines;
}
