import type { AuditEntry } from '../audit.ts';
import type { Tag } from '../backups/backup.ts';
import type { Change, Deed } from './change.ts';

/** What the record keeps of a change: its kind, what it is about, and what of that would be lost with the cloud's own. */
export function detailsOf({ deed }: Pick<Change, 'deed'>): AuditEntry['details'] {
  return { kind: deed.kind, ...aboutDeed(deed) };
}

function aboutDeed(deed: Deed): AuditEntry['details'] {
  switch (deed.kind) {
    case 'backup.create':
      return { disk: deed.backup.diskId, name: deed.backup.name };
    case 'backup.restore':
      return { backup: deed.backupId, name: deed.backup?.name ?? '', disk: deed.diskId };
    case 'backup.delete':
      return { backup: deed.backupId, name: deed.backup?.name ?? '' };
    case 'policy.create':
      return { name: deed.plan.name, ...(deed.tags.length > 0 && { tags: deed.tags.map(tagText) }) };
    case 'policy.modify':
      return { policy: deed.policyId, name: deed.policyName, to: deed.plan.name };
    case 'policy.switch':
      return { policy: deed.policyId, name: deed.policyName, enabled: deed.enabled };
    case 'policy.delete':
      return { policy: deed.policyId, name: deed.policyName, disks: deed.disks };
    case 'policy.add-disks':
    case 'policy.remove-disks':
      return { policy: deed.policyId, name: deed.policyName, disks: deed.diskIds };
    case 'policy.tags':
      return {
        policy: deed.policyId,
        name: deed.policyName,
        action: deed.action,
        tags: deed.tags.map((tag) => (deed.action === 'delete' ? tag.key : tagText(tag))),
      };
  }
}

function tagText({ key, value }: Tag): string {
  return `${key}=${value}`;
}
