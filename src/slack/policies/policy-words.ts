import type { Policy } from '../../core/policies/policy.ts';
import { oneLine, safe } from '../kit.ts';
import { plural, retentionInWords, scheduleInWords } from '../words.ts';

/** When a policy runs, as safe mrkdwn: `every day at 22:00 (UTC+08:00)`. */
export function scheduleWords(policy: Pick<Policy, 'schedule' | 'enabled'>): string {
  return safe(scheduleInWords({ ...policy.schedule, enabled: policy.enabled }), 500);
}

/** How long its backups are kept. */
export function retentionWords(policy: Pick<Policy, 'retention'>): string {
  return retentionInWords(policy.retention);
}

/** How many disks it backs up; a policy may have none. */
export function disksWords(policy: Pick<Policy, 'disks'>): string {
  return policy.disks === 0 ? 'no disks' : plural(policy.disks, 'disk');
}

/** What a project's people read who have no policy. */
export function noPolicies(project: string): string {
  const name = oneLine(project);
  return `${name} has no backup policies yet. An admin can make one: \`/vbs policy ${name} new\`. One made in the cloud’s console is here as well.`;
}
