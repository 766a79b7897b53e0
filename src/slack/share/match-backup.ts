import type { Backup } from '../../core/backups/backup.ts';
import { findBackups } from '../../core/backups/find-backups.ts';
import { suggest } from '../arguments.ts';

export interface BackupMatch {
  readonly backup: Backup | undefined;
  /** How it was found, and how many others would have done as well. */
  readonly by: 'id' | 'name' | 'part' | 'likeness';
  readonly others: number;
}

/** The backup that a person means by a word: its id, its name, a part of either, or the name most like it. */
export function matchBackup(backups: readonly Backup[], word: string): BackupMatch {
  const typed = word.trim().toLowerCase();
  const byId = backups.find((backup) => backup.id.toLowerCase() === typed);
  if (byId) return { backup: byId, by: 'id', others: 0 };
  const named = backups.filter((backup) => backup.name?.toLowerCase() === typed);
  if (named.length > 0) return best(named, 'name');
  const parts = typed === '' ? [] : findBackups(backups, { name: typed }, new Map());
  if (parts.length > 0) return best(parts, 'part');
  const nearest = suggest(typed, new Set(backups.flatMap(({ name }) => (name === undefined ? [] : [name]))));
  const alike = nearest === undefined ? [] : backups.filter((backup) => backup.name === nearest);
  return best(alike, 'likeness');
}

/** The newest that can be shared; the lists are newest first. */
function best(backups: readonly Backup[], by: BackupMatch['by']): BackupMatch {
  const backup = backups.find((one) => one.status === 'available') ?? backups[0];
  return { backup, by, others: Math.max(0, backups.length - 1) };
}

/** The backups whose name, id or disk has all the words of a search in it, in their order. */
export function searchBackups(
  backups: readonly Backup[],
  query: string,
  disks: ReadonlyMap<string, string>,
): readonly Backup[] {
  const words = query.split(/\s+/).filter((word) => word !== '');
  return words.reduce<readonly Backup[]>((left, word) => {
    const matching = new Set([
      ...findBackups(left, { name: word }, disks),
      ...findBackups(left, { disk: word }, disks),
    ]);
    return left.filter((backup) => matching.has(backup));
  }, backups);
}
