import { describe, expect, it } from 'vitest';
import { AlreadyDecided } from '../../src/core/errors.ts';
import { decideShare, withdrawShare } from '../../src/core/sharing/decide-share.ts';
import { requestShare } from '../../src/core/sharing/request-share.ts';
import { DEMO_PROJECTS } from '../../src/sandbox/vbs/seed.ts';
import { createCoreWorld, OWNER, REQUESTER, SECOND_OWNER } from '../support/core-world.ts';
import { databases } from '../support/databases.ts';

const TIMES = 1_000;

describe.each(databases)('two approvers at the same moment, a thousand times, on $name', (database) => {
  it('make one decision and one call to the cloud, each time', async () => {
    const world = await createCoreWorld(database);
    try {
      const replica = await world.replica();
      const { backups } = await world.core.catalogue.list('payments');
      const shared = new Set(
        [...world.simulator.world.sharings.in(`to:${DEMO_PROJECTS.platform}`)].map((one) => one.backupId),
      );
      const usable = backups.filter((backup) => backup.status === 'available' && !shared.has(backup.id));
      for (let round = 0; round < TIMES; round++) {
        const backup = usable[round % usable.length];
        const request = await requestShare(world.core, {
          by: REQUESTER,
          project: 'payments',
          backupId: backup?.id ?? '',
          targets: ['platform'],
          reason: `round ${round}`,
          endsAt: undefined,
          dedupeKey: `round ${round}`,
        });
        const rivals = [
          decideShare(world.core, { requestId: request.id, by: OWNER, kind: 'approve' }),
          round % 2 === 0
            ? decideShare(replica, { requestId: request.id, by: SECOND_OWNER, kind: 'approve' })
            : withdrawShare(replica, { requestId: request.id, by: REQUESTER }),
        ];
        const before = shareCalls(world);
        const outcomes = await Promise.allSettled(rivals);
        const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(lost.map((outcome) => outcome.reason instanceof AlreadyDecided)).toEqual([true]);
        await Promise.all([world.work(), world.work(replica)]);
        const ended = await world.core.store.shareRequests.get(request.id);
        const approved = ended?.state === 'shared';
        expect([ended?.state, shareCalls(world) - before]).toEqual(approved ? ['shared', 1] : ['withdrawn', 0]);
        if (approved) await undo(world, ended.targets[0]?.sharingId ?? '');
      }
    } finally {
      await world.close();
    }
  });
});

function shareCalls(world: Awaited<ReturnType<typeof createCoreWorld>>): number {
  return world.simulator.log().filter((entry) => entry.route === 'sharings.share').length;
}

/** So that the next round may share the same backup again. */
async function undo(world: Awaited<ReturnType<typeof createCoreWorld>>, sharingId: string): Promise<void> {
  await world.core.store.sharings.orderStop(sharingId, { by: OWNER, at: world.core.clock.now() });
  await world.work();
}
