import type { Backup } from '../backups/backup.ts';
import type { Core } from '../core.ts';
import { CloudError } from '../failure.ts';

/**
 * How large these disks are, in GiB by id, as far as their backups tell: those of the list that was read last, and where
 * it does not name them all, those that the cloud lists, read no further than to the last of the disks.
 */
export async function diskSizes(
  core: Core,
  { project, diskIds }: { readonly project: string; readonly diskIds: readonly string[] },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const wanted = new Set(diskIds);
  const take = ({ diskId, sizeGib }: Backup) => {
    if (diskId !== undefined && sizeGib > 0 && wanted.delete(diskId)) sizes.set(diskId, sizeGib);
  };
  for (const backup of core.catalogue.peekAll(project) ?? []) take(backup);
  if (wanted.size === 0) return sizes;
  try {
    for await (const backup of core.clouds.of(project).backups(signal)) {
      take(backup);
      if (wanted.size === 0) break;
    }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
  }
  return sizes;
}
