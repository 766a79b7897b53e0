import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions, Receipt } from './options.ts';

export interface NewNativeBackup {
  readonly volumeId: string;
  /** The snapshot of the disk to back up; the clouds want it, OpenStack's own Cinder does without. */
  readonly snapshotId?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly container?: string | undefined;
  readonly incremental?: boolean | undefined;
  /** Also while the disk is attached. */
  readonly force?: boolean | undefined;
}

/** What the native API does; it has no jobs, so look at the backup's status for the outcome. */
export interface NativeBackups {
  /** Begins a backup. Not idempotent: after an error whose effect is unknown, list the backups of the disk. */
  createNative(backup: NewNativeBackup, options?: CallOptions): Promise<Receipt & { readonly backupId: string }>;
  /** Begins to delete a backup; once that is done, it is not found. */
  delete(id: string, options?: CallOptions): Promise<Receipt>;
  /** Begins to overwrite a disk with a backup's data. The disk must be at least as large as the backup. */
  restoreNative(
    id: string,
    volumeId: string,
    options?: CallOptions,
  ): Promise<Receipt & { readonly volumeName: string | undefined }>;
}

const created = {
  schema: z.object({ backup: z.object({ id: z.string() }) }),
  map: (wire: { backup: { id: string } }) => wire.backup.id,
};

/** Servers may answer nothing, and what they answer is known but for the name. */
const restoredBody = z.object({ restore: z.object({ volume_name: z.string().nullish() }).nullish() }).nullish();
const restored = {
  schema: restoredBody,
  map: (wire: z.infer<typeof restoredBody>) => wire?.restore?.volume_name ?? undefined,
};

/** Backups by the native API. */
export function createNativeBackups(caller: Caller): NativeBackups {
  return {
    async createNative(backup, options) {
      const { requestId, value } = await caller.ask(
        {
          operation: 'createNativeBackup',
          needs: { volume_id: backup.volumeId },
          body: { backup: wireOf(backup) },
          signal: options?.signal,
        },
        created,
      );
      return { requestId, backupId: value };
    },
    delete: (id, options) =>
      caller.tell({ operation: 'deleteNativeBackup', ids: { backup_id: id }, signal: options?.signal }),
    async restoreNative(id, volumeId, options) {
      const { requestId, value } = await caller.ask(
        {
          operation: 'restoreNativeBackup',
          ids: { backup_id: id },
          // Without a disk the native API makes a new one.
          needs: { volume_id: volumeId },
          body: { restore: { volume_id: volumeId } },
          signal: options?.signal,
        },
        restored,
      );
      return { requestId, volumeName: value };
    },
  };
}

/** The reference also has `project_id`, which OpenStack's own Cinder refuses; the path names the project already. */
function wireOf(backup: NewNativeBackup): Record<string, unknown> {
  return {
    volume_id: backup.volumeId,
    snapshot_id: backup.snapshotId,
    name: backup.name,
    description: backup.description,
    container: backup.container,
    incremental: backup.incremental,
    force: backup.force,
  };
}
