import type { BackupFacts } from '../backups/backup.ts';
import type { Failure } from '../failure.ts';

/** A sharing as the cloud tells of it: one backup made usable in one other project. */
export interface Sharing {
  readonly id: string;
  readonly backupId: string;
  readonly fromProjectId: string;
  readonly toProjectId: string;
  readonly createdAt: Date | undefined;
  /** The backup; undefined where the cloud left it out, as in the answer to *share*. */
  readonly backup: BackupFacts | undefined;
}

export const registeredSharingStates = ['active', 'stopping', 'stopped'] as const;
export type RegisteredSharingState = (typeof registeredSharingStates)[number];

/** A sharing that the bot made or was asked to stop, as its register keeps it. */
export interface RegisteredSharing {
  /** The cloud's id of the sharing; the key of the register. */
  readonly id: string;
  /** Alias of the project that shares. */
  readonly project: string;
  readonly backupId: string;
  readonly backupName: string | undefined;
  readonly toProjectId: string;
  /** The request it was made for, if the bot made it. */
  readonly requestId: string | undefined;
  readonly state: RegisteredSharingState;
  /** When the bot stops it by itself. */
  readonly stopAt: Date | undefined;
  /** Who asked to stop it; undefined when its end came by itself. */
  readonly stoppedBy: string | undefined;
  readonly stoppedAt: Date | undefined;
  /** Why the last try to stop it failed. */
  readonly failure: Failure | undefined;
  readonly attempts: number;
  readonly createdAt: Date;
}
