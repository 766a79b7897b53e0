import type { VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';

/** The name of the newest release's backup in payments: the seed names it for the day before its own. */
export function releaseBackup(simulator: VbsSimulator): string {
  const releases = [...simulator.world.backups.all()].filter(({ name }) => name?.startsWith('db-release-'));
  const newest = releases.reduce((one, other) => (other.createdAt > one.createdAt ? other : one));
  return newest.name ?? '';
}
