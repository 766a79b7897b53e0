import type { Backup } from './backup.ts';

/** A disk, as far as the settings and its backups tell of it: the API lists no disks. */
export interface SeenDisk {
  readonly id: string;
  /** Its name in the settings. */
  readonly name: string | undefined;
  /** Of its newest backup; undefined where it has none. */
  readonly sizeGib: number | undefined;
  /** Newest first. */
  readonly backups: readonly Backup[];
}

/** A search looks at the names of so many backups of a disk, the newest ones. */
const NAMES_SEARCHED = 10;

/** The disks that the settings name, in their order, then those that only backups tell of, newest first. */
export function seenDisks(backups: readonly Backup[], names: ReadonlyMap<string, string>): readonly SeenDisk[] {
  const found = new Map<string, Backup[]>([...names.keys()].map((id) => [id, []]));
  for (const backup of backups) {
    if (backup.diskId === undefined) continue;
    const of = found.get(backup.diskId);
    if (of) of.push(backup);
    else found.set(backup.diskId, [backup]);
  }
  return [...found].map(([id, of]) => ({ id, name: names.get(id), sizeGib: of[0]?.sizeGib, backups: of }));
}

/** One disk; one that neither the settings nor a backup tell of has its id alone. */
export function seenDisk(backups: readonly Backup[], names: ReadonlyMap<string, string>, diskId: string): SeenDisk {
  const of = backups.filter((backup) => backup.diskId === diskId);
  return { id: diskId, name: names.get(diskId), sizeGib: of[0]?.sizeGib, backups: of };
}

/** The disks that have all the words of a search in their name, their id or their last backups' names. */
export function findDisks(disks: readonly SeenDisk[], query: string): readonly SeenDisk[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return disks.filter(({ id, name, backups }) => {
    const texts = [id, name ?? '', ...backups.slice(0, NAMES_SEARCHED).map((backup) => backup.name ?? '')];
    const text = texts.join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
