import { z } from 'zod';
import type { Caller } from './caller.ts';
import { VbsInputError } from './errors.ts';
import type { CallOptions, Receipt } from './options.ts';
import type { Call } from './transport.ts';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface NewBackup {
  readonly volumeId: string;
  /** 1–64 of letters, digits, `_` and `-`, not starting with `auto`. */
  readonly name: string;
  /** Up to 64 characters, without `<` and `>`. */
  readonly description?: string | undefined;
  readonly snapshotId?: string | undefined;
  /** Keys of up to 36 characters, values of up to 43; no control characters and none of `=*<>\,|/`. */
  readonly tags?: readonly Tag[] | undefined;
  /** Of the whole disk, rather than of what changed since the last one; the cloud decides unless given. */
  readonly full?: boolean | undefined;
}

/** The job that does the work; see `jobs.get`. */
export interface JobReceipt extends Receipt {
  readonly jobId: string;
}

/** What the API does by jobs. None is idempotent: after an error whose effect is unknown, look before you repeat. */
export interface TrackedBackups {
  create(backup: NewBackup, options?: CallOptions): Promise<JobReceipt>;
  /** Overwrites a disk with a backup's data. The disk must be at least as large as the backup. */
  restore(id: string, volumeId: string, options?: CallOptions): Promise<JobReceipt>;
  /**
   * Deprecated by the API in favour of `delete`, so it is called only where `nativeApiVersion` is `v2`; a VbsInputError
   * otherwise.
   */
  deleteTracked(id: string, options?: CallOptions): Promise<JobReceipt>;
}

const job = { schema: z.object({ job_id: z.string() }), map: (wire: { job_id: string }) => wire.job_id };

/** Backups by jobs; `deprecated` calls are made only where that is said. */
export function createTrackedBackups(caller: Caller, { deprecated }: { deprecated: boolean }): TrackedBackups {
  const begin = async (call: Call): Promise<JobReceipt> => {
    const { requestId, value } = await caller.ask(call, job);
    return { requestId, jobId: value };
  };
  return {
    create: (backup, options) =>
      begin({
        operation: 'createBackup',
        needs: { volume_id: backup.volumeId },
        body: { backup: wireOf(backup) },
        signal: options?.signal,
      }),
    restore: (id, volumeId, options) =>
      begin({
        operation: 'restoreBackup',
        ids: { backup_id: id },
        needs: { volume_id: volumeId },
        body: { restore: { volume_id: volumeId } },
        signal: options?.signal,
      }),
    async deleteTracked(id, options) {
      const call = { operation: 'deleteBackup', ids: { backup_id: id }, signal: options?.signal } as const;
      if (deprecated) return await begin(call);
      const problem = 'is not v2, and this call is deprecated: use delete';
      throw new VbsInputError(caller.factsOf(call), { argument: 'nativeApiVersion', problem });
    },
  };
}

function wireOf(backup: NewBackup): Record<string, unknown> {
  return {
    volume_id: backup.volumeId,
    snapshot_id: backup.snapshotId,
    name: backup.name,
    description: backup.description,
    tags: backup.tags,
    extend_param: backup.full === undefined ? undefined : { FullBackup: String(backup.full) },
  };
}
