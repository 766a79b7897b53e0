import { sameLocalMonth } from './schedule.ts';
import type { Backup, Policy } from './types.ts';
import type { World } from './world.ts';

const DAY = 24 * 3600 * 1000;

/**
 * Removes what a policy need no longer keep of a disk: only what it made itself, by number or else by age.
 * A backup that is shared stays, as the one who may use it was promised.
 */
export function applyRetention(world: World, policy: Policy, diskId: string): void {
  const made = world.backups
    .in(diskId)
    .filter((backup) => backup.policyId === policy.id && backup.status === 'available')
    .sort((a, b) => b.createdAt - a.createdAt);
  const firstOfMonth = policy.keepFirstOfMonth === true ? firstThisMonth(world, policy, made) : undefined;
  made.forEach((backup, place) => {
    if (!isPastKeeping(world, policy, { backup, place })) return;
    if (backup === firstOfMonth || world.sharings.in(backup.id).length > 0) return;
    world.removeBackup(backup.id);
  });
}

function isPastKeeping(world: World, policy: Policy, of: { backup: Backup; place: number }): boolean {
  if (policy.retentionNum !== null) return of.place >= policy.retentionNum;
  if (policy.retentionDays !== null) return world.now - of.backup.createdAt > policy.retentionDays * DAY;
  return false;
}

function firstThisMonth(world: World, policy: Policy, made: Backup[]): Backup | undefined {
  return made.filter((backup) => sameLocalMonth(backup.createdAt, world.now, policy.timeZone)).at(-1);
}
