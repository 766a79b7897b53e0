import type { BackupService } from '../core/ports.ts';
import type { VbsClient } from '../vbs/client.ts';
import { asCloud } from './cloud-errors.ts';
import { type BackupCalls, vbsBackups } from './vbs-backups.ts';
import { toJob } from './vbs-jobs.ts';
import { vbsPolicies, vbsPolicyTags } from './vbs-policies.ts';
import { vbsSharings } from './vbs-sharings.ts';
import { givenUpAfter, writeWithin } from './write.ts';

/**
 * A call that changes something is given up after this. With what the cloud may still do by itself it is well within
 * `Timing.settleMs`: after that, somebody else may make the call.
 */
const WRITE_WITHIN_MS = 30_000;

/** Whoever asks why a job failed tells people of the failure, and does so without the reason if it is late. */
const REASON_WITHIN_MS = 3_000;

export interface ServiceOptions extends Partial<BackupCalls> {
  readonly writeWithinMs?: number;
}

/** The core's backup service by the Volume Backup Service. */
export function vbsBackupService(client: VbsClient, options: ServiceOptions = {}): BackupService {
  const { writeWithinMs = WRITE_WITHIN_MS, backupCalls = 'tracked', nativeApiVersion = 'v3' } = options;
  const write = writeWithin(writeWithinMs);
  return {
    ...vbsSharings(client, write),
    ...vbsBackups(client, write, { backupCalls, nativeApiVersion }),
    ...vbsPolicies(client, write),
    ...vbsPolicyTags(client, write),
    job: async (id, signal) => toJob(await asCloud(client.jobs.get(id, { signal }))),
    async whyFailed(id, signal) {
      const read = givenUpAfter((timed) => client.jobs.get(id, { signal: timed }), REASON_WITHIN_MS, signal);
      return toJob(await asCloud(read)).failure;
    },
  };
}
