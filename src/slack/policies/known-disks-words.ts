import type { Policy } from '../../core/policies/policy.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { count, plural } from '../words.ts';

/** More disks than these are counted, not named. */
const NAMED = 25;

/** The known disks of a policy, a line each, by name, and what is not known. */
export function knownDiskLines(diskIds: readonly string[], disks: DiskNames): readonly string[] {
  const names = diskIds.map((diskId) => diskName(diskId, disks)).sort();
  const left = names.length - NAMED;
  return left > 0 ? [...names.slice(0, NAMED), `… and ${plural(left, 'more disk')}`] : names;
}

/**
 * What to think of disks that are known where the cloud tells only how many there are; undefined where it all agrees.
 */
export function knownDisksWords({ disks }: Pick<Policy, 'disks'>, known: number): string | undefined {
  if (known === disks) return undefined;
  const how =
    'The cloud tells only how many disks a policy has; which ones is known from its runs and from changes made here.';
  if (known < disks)
    return `${count(known)} of ${plural(disks, 'disk')} ${known === 1 || disks === 1 ? 'is' : 'are'} known. ${how}`;
  return `The cloud counts ${plural(disks, 'disk')}: some of these were taken out elsewhere. ${how}`;
}
