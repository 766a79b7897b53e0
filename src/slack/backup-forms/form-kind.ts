import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Backup } from '../../core/backups/backup.ts';
import type { SeenDisk } from '../../core/backups/disks.ts';
import type { Action } from '../../core/errors.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { BackupDetails } from '../backups/read-backup.ts';

/** What a form is about: by ids, as it carries them along, or at first by a word that somebody typed. */
export interface FormWish {
  readonly project: string | undefined;
  readonly backup?: string | undefined;
  readonly disk?: string | undefined;
  readonly backupWord?: string | undefined;
  readonly diskWord?: string | undefined;
  /** How to answer whoever began it with a command. */
  readonly responseUrl: string | undefined;
}

export const formMetadata = z.object({
  project: z.string().optional(),
  backup: z.string().optional(),
  disk: z.string().optional(),
  responseUrl: z.string().optional(),
});
export type FormMetadata = z.output<typeof formMetadata>;

/** What a form shows besides what follows from the person. */
export interface FormState {
  readonly project: ManagedProject | undefined;
  readonly backup?: Backup | undefined;
  /** All about the backup, where the form needs it. */
  readonly details?: BackupDetails | undefined;
  readonly disk?: SeenDisk | undefined;
  /** Whether what was chosen is still being read. */
  readonly reading?: boolean;
  /** Something to look at, in safe mrkdwn. */
  readonly note?: string | undefined;
}

/** A form to be drawn. */
export interface DrawnForm extends FormState {
  /** Aliases of the projects in which the person may do this. */
  readonly projects: readonly string[];
  readonly metadata: string;
  readonly now: Date;
}

/** The ids of a form and of what in it answers at once. */
export interface FormIds {
  readonly form: string;
  readonly project: string;
  readonly backup: string;
  readonly disk: string;
}

/** One of the forms that change backups: in each, a project is chosen first, then a backup or a disk of it. */
export interface FormKind {
  readonly ids: FormIds;
  /** The command that opens it. */
  readonly again: string;
  /** What a person must be allowed in the project. */
  readonly right: Action;
  /** Whether it needs to know with whom the backup is shared. */
  readonly needsDetails: boolean;
  draw(form: DrawnForm, ids: FormIds): ModalView;
}

/** The ids of the form of this feature. */
export function formIds(feature: string): FormIds {
  return {
    form: `${feature}:form`,
    project: `${feature}:project`,
    backup: `${feature}:choose-backup`,
    disk: `${feature}:choose-disk`,
  };
}
