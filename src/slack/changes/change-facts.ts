import type { BackupFacts, Tag } from '../../core/backups/backup.ts';
import type { Change, Deed } from '../../core/changes/change.ts';
import type { PolicyPlan } from '../../core/policies/policy.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { type Fact, oneLine } from '../kit.ts';
import { retentionWords, scheduleWords } from '../policies/policy-words.ts';
import { backupWords, diskWords, moment } from '../share/share-words.ts';
import { count, list } from '../words.ts';

/** More things than these are counted, not named, within a fact. */
const NAMED = 10;

/** What a card tells of a change beside its first line, each value in safe mrkdwn. */
export function changeFacts({ deed, result }: Pick<Change, 'deed' | 'result'>, disks: DiskNames): readonly Fact[] {
  // What became of each disk stands below, once it is known.
  const moved = 'diskIds' in deed && result?.disks === undefined ? disksWords(deed.diskIds, disks) : undefined;
  switch (deed.kind) {
    case 'backup.create':
      return createFacts(deed, disks);
    case 'backup.restore':
      return [...backupFacts(deed, disks), ['Overwrites', diskName(deed.diskId, disks)]];
    case 'backup.delete':
      return backupFacts(deed, disks);
    case 'policy.create':
      return [
        ['Schedule', scheduleWords(deed.plan)],
        ['Retention', retentionWords(deed.plan)],
        ['Tags', tagsWords(deed.tags)],
      ];
    case 'policy.modify':
      return modifyFacts(deed.before, deed.plan);
    case 'policy.delete':
      return [['Disks', disksWords(deed.diskIds, disks)]];
    case 'policy.add-disks':
      return [
        ['Disks', moved],
        ['Taken from', takenWords(deed, disks)],
      ];
    case 'policy.tags':
      return [['Tags', deed.action === 'delete' ? keysWords(deed.tags) : tagsWords(deed.tags)]];
    case 'policy.remove-disks':
      return [['Disks', moved]];
    case 'policy.switch':
      return [];
  }
}

function createFacts({ backup }: Extract<Deed, { readonly kind: 'backup.create' }>, disks: DiskNames): readonly Fact[] {
  const { full, description } = backup;
  return [
    ['Disk', diskName(backup.diskId, disks)],
    ['Backup', oneLine(backup.name)],
    ['Kind', full === undefined ? undefined : full ? 'full' : 'incremental'],
    ['Description', description ? oneLine(description) : undefined],
    ['Tags', tagsWords(backup.tags)],
  ];
}

function backupFacts(
  { backup, backupId }: { readonly backup: BackupFacts | undefined; readonly backupId: string },
  disks: DiskNames,
): readonly Fact[] {
  return [
    ['Backup', backupWords(backup, backupId)],
    ['Disk', backup && diskWords(backup, disks)],
    ['Taken', backup?.takenAt && moment(backup.takenAt)],
  ];
}

/** Only what is to become another: a card of what stays as it is would hide it. */
function modifyFacts(before: PolicyPlan, plan: PolicyPlan): readonly Fact[] {
  const changed = (label: string, words: (of: PolicyPlan) => string): readonly Fact[] => {
    const [old, now] = [words(before), words(plan)];
    return old === now ? [] : [[label, `${now} (before: ${old})`]];
  };
  return [
    ...changed('Name', ({ name }) => oneLine(name)),
    ...changed('Schedule', scheduleWords),
    ...changed('Retention', retentionWords),
  ];
}

function takenWords(
  { taken }: Extract<Deed, { readonly kind: 'policy.add-disks' }>,
  disks: DiskNames,
): string | undefined {
  if (taken.length === 0) return undefined;
  return few(taken.map(({ diskId, policyName }) => `policy ${oneLine(policyName)}: ${diskName(diskId, disks)}`));
}

function disksWords(diskIds: readonly string[], disks: DiskNames): string | undefined {
  return diskIds.length === 0 ? undefined : few(diskIds.map((diskId) => diskName(diskId, disks)));
}

function tagsWords(tags: readonly Tag[]): string | undefined {
  return tags.length === 0 ? undefined : few(tags.map(({ key, value }) => `${oneLine(key)}=${oneLine(value)}`));
}

function keysWords(tags: readonly Tag[]): string {
  return few(tags.map(({ key }) => oneLine(key)));
}

function few(names: readonly string[]): string {
  if (names.length <= NAMED) return list(names);
  return list([...names.slice(0, NAMED), `${count(names.length - NAMED)} more`]);
}
