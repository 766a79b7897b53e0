import { describe, expect, it } from 'vitest';
import type { Backup } from '../../../src/core/backups/backup.ts';
import { backupChoice } from '../../../src/slack/share/backup-choice.ts';
import { matchBackup, searchBackups } from '../../../src/slack/share/match-backup.ts';
import { BACKUP_ID, backup, before, DISK_ID, disks, NOW } from './samples.ts';

const named = (name: string | undefined, id: string, more: Partial<Backup> = {}): Backup => ({
  ...backup,
  name,
  id,
  ...more,
});

/** Newest first, as the catalogue has them. */
const backups: readonly Backup[] = [
  named('db-nightly', 'b1', { status: 'creating' }),
  named('db-nightly', 'b2'),
  named('web-weekly-0412', 'b3', { diskId: 'd-other' }),
  named('web-weekly-0405', 'b4', { diskId: 'd-other' }),
  named(undefined, BACKUP_ID.toUpperCase()),
];

describe('matchBackup', () => {
  it.each([
    ['an id, however it is written', BACKUP_ID, { id: BACKUP_ID.toUpperCase(), by: 'id', others: 0 }],
    ['a name, and of several the newest that can be shared', 'DB-Nightly', { id: 'b2', by: 'name', others: 1 }],
    ['a part of names, and of several the newest', 'weekly', { id: 'b3', by: 'part', others: 1 }],
    ['a part that one name has', '0405', { id: 'b4', by: 'part', others: 0 }],
    ['a slip of the finger', 'db-nigthly', { id: 'b2', by: 'likeness', others: 1 }],
    ['nothing alike', 'zzzzzzzzzzzz', { id: undefined, by: 'likeness', others: 0 }],
    ['nothing at all', ' ', { id: undefined, by: 'likeness', others: 0 }],
  ])('understands %s', (_, word, expected) => {
    const { backup: found, by, others } = matchBackup(backups, word);
    expect({ id: found?.id, by, others }).toEqual(expected);
  });
});

describe('searchBackups', () => {
  it.each([
    ['everything where nothing is typed', '', ['b1', 'b2', 'b3', 'b4', BACKUP_ID.toUpperCase()]],
    ['names', 'weekly', ['b3', 'b4']],
    ['every word, wherever it stands', '0412 WEB', ['b3']],
    ['ids', BACKUP_ID.slice(0, 8), [BACKUP_ID.toUpperCase()]],
    ['the names of disks', 'payments-db-1 nightly', ['b1', 'b2']],
    ['nothing that is not there', 'nope', []],
  ])('finds %s', (_, query, expected) => {
    expect(searchBackups(backups, query, disks).map(({ id }) => id)).toEqual(expected);
  });
});

describe('backupChoice', () => {
  it('shows name, disk, size and age, and that it cannot be shared', () => {
    expect([
      backupChoice(backup, disks, NOW),
      backupChoice({ ...backup, name: undefined, status: 'error', diskId: DISK_ID.replace('1', '9') }, disks, NOW),
      backupChoice({ ...backup, diskId: undefined, takenAt: before(1) }, disks, NOW),
    ]).toEqual([
      { text: 'db-nightly-0412', value: BACKUP_ID, description: 'payments-db-1 · 100 GiB · 6 h ago' },
      { text: BACKUP_ID, value: BACKUP_ID, description: 'not available: error · disk d0000009 · 100 GiB · 6 h ago' },
      { text: 'db-nightly-0412', value: BACKUP_ID, description: '100 GiB · 1 min ago' },
    ]);
  });
});
