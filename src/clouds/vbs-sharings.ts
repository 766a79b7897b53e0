import type { SharingService } from '../core/ports.ts';
import type { Sharing } from '../core/sharing/sharing.ts';
import type { VbsClient } from '../vbs/client.ts';
import type { Sharing as VbsSharing } from '../vbs/sharings.ts';
import { asCloud, eachAsCloud } from './cloud-errors.ts';
import { done, type Write } from './write.ts';

export function vbsSharings({ sharings }: VbsClient, write: Write): SharingService {
  return {
    async share(backupId, toProjectIds, signal) {
      const receipt = await write((timed) => sharings.share(backupId, toProjectIds, { signal: timed }), signal);
      return { value: receipt.value.map(toSharing), requestId: receipt.requestId };
    },
    stopSharing: (sharingId, signal) => done(write((timed) => sharings.cancel(sharingId, { signal: timed }), signal)),
    stopSharingsOf: (backupId, signal) =>
      done(write((timed) => sharings.cancelAll(backupId, { signal: timed }), signal)),
    sharings: (filter, signal) => eachAsCloud(sharings.list(filter, { signal }), toSharing),
    countSharings: (filter, signal) => asCloud(sharings.count(filter, { signal })),
    sharing: async (id, signal) => toSharing(await asCloud(sharings.get(id, { signal }))),
  };
}

function toSharing(sharing: VbsSharing): Sharing {
  const { backup } = sharing;
  return {
    id: sharing.id,
    backupId: sharing.backupId,
    fromProjectId: sharing.fromProjectId,
    toProjectId: sharing.toProjectId,
    createdAt: sharing.createdAt,
    backup: backup && {
      name: backup.name,
      diskId: backup.volumeId,
      sizeGib: backup.sizeGib,
      takenAt: backup.dataTimestamp ?? backup.createdAt,
    },
  };
}
