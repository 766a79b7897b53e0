import type { Change } from '../../core/changes/change.ts';
import type { Core } from '../../core/core.ts';
import type { DiskNames } from '../backups/backup-words.ts';

/** A change as it is now, with the names that its project gives to disks. */
export interface ReadChange {
  readonly change: Change;
  readonly disks: DiskNames;
}

/** Reads a change; undefined where there is none. */
export async function readChange(core: Core, changeId: string): Promise<ReadChange | undefined> {
  const change = await core.store.changes.get(changeId);
  return change && { change, disks: disksOf(core, change) };
}

/** The names of disks in a change's project, which may have been taken out of the settings since. */
export function disksOf(core: Core, { project }: Pick<Change, 'project'>): DiskNames {
  return core.projects.managed.find(({ alias }) => alias === project)?.disks ?? new Map();
}

/** Whether *Try again* stands on its card. Policies are changed from their list, where they show how they are now. */
export function offersRetry({ deed }: Pick<Change, 'deed'>): boolean {
  return deed.kind.startsWith('backup.');
}
