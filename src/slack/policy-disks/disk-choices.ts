import type { Backup } from '../../core/backups/backup.ts';
import type { KnownDisks } from '../../core/policies/known-disks.ts';
import type { Choice } from '../answers.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { LIMITS } from '../kit.ts';
import { utc } from '../words.ts';

/** What is known of the disks of a project: the cloud's API lists none. */
export interface DiskSources {
  readonly names: DiskNames;
  readonly known: KnownDisks;
  /** Newest first. */
  readonly backups: readonly Backup[];
}

/** Disks for a searched select, found by any part of their name, id, policy or last backup's name. */
export function diskChoices(sources: DiskSources, query: string, among?: readonly string[]): readonly Choice[] {
  const { names, known, backups } = sources;
  const lastOf = new Map<string, Backup>();
  for (const backup of backups) {
    if (backup.diskId !== undefined && !lastOf.has(backup.diskId)) lastOf.set(backup.diskId, backup);
  }
  const ids = among ?? [...new Set([...names.keys(), ...known.places.keys(), ...lastOf.keys()])];
  const wanted = query.trim().toLowerCase();
  return ids
    .map((id) => {
      const last = lastOf.get(id);
      const policy = known.places.get(id)?.policy?.name;
      const text = diskText(id, names);
      const words = [id, text, policy, last?.name].map((word) => word?.toLowerCase() ?? '');
      return { id, text, policy, last, fits: words.some((word) => word.includes(wanted)) };
    })
    .filter(({ fits }) => fits)
    .sort((one, other) => one.text.localeCompare(other.text))
    .slice(0, LIMITS.options)
    .map(({ id, text, policy, last }) => ({ text, value: id, description: aboutDisk(policy, last) }));
}

/** A disk in plain words: its name, or its whole id, by which alone a disk without a name can be told. */
export function diskText(id: string, names: DiskNames): string {
  return names.get(id) || id;
}

function aboutDisk(policy: string | undefined, last: Backup | undefined): string | undefined {
  const parts = [
    ...(policy === undefined ? [] : [`in ${policy}`]),
    ...(last?.takenAt === undefined ? [] : [`last backup ${utc(last.takenAt, 'day')}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** The ids in what was typed, parted by blanks, commas or semicolons. */
export function typedIds(text: string): readonly string[] {
  return text
    .split(/[\s,;]+/)
    .filter((id) => id !== '')
    .map((id) => id.toLowerCase());
}
