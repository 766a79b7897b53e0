import { describe, expect, it } from 'vitest';
import type { Backup } from '../../../src/core/backups/backup.ts';
import { findDisks, seenDisk, seenDisks } from '../../../src/core/backups/disks.ts';

function backup(name: string, diskId: string | undefined, sizeGib: number): Backup {
  return {
    id: `b-${name}`,
    name,
    status: 'available',
    sizeGib,
    diskId,
    takenAt: undefined,
    description: undefined,
    failReason: undefined,
    incremental: undefined,
    availabilityZone: undefined,
  };
}

const names = new Map([
  ['d-ledger', 'ledger'],
  ['d-idle', 'idle'],
]);
const newest = backup('ledger-2', 'd-ledger', 200);
const older = backup('ledger-1', 'd-ledger', 100);
const nameless = backup('web-1', 'd-web', 40);
const backups = [newest, nameless, older, backup('lost', undefined, 1)];

describe('seenDisks', () => {
  it('has the disks of the settings, then those that only backups tell of, each as large as its newest backup', () => {
    expect(seenDisks(backups, names)).toEqual([
      { id: 'd-ledger', name: 'ledger', sizeGib: 200, backups: [newest, older] },
      { id: 'd-idle', name: 'idle', sizeGib: undefined, backups: [] },
      { id: 'd-web', name: undefined, sizeGib: 40, backups: [nameless] },
    ]);
  });

  it('knows nothing but the id of a disk that nothing tells of', () => {
    expect(seenDisk(backups, names, 'd-new')).toEqual({
      id: 'd-new',
      name: undefined,
      sizeGib: undefined,
      backups: [],
    });
  });
});

describe('findDisks', () => {
  const found = (query: string) => findDisks(seenDisks(backups, names), query).map(({ id }) => id);

  it.each([
    ['', ['d-ledger', 'd-idle', 'd-web']],
    ['LEDGER', ['d-ledger']],
    ['d-we', ['d-web']],
    ['web-1', ['d-web']],
    ['ledger-1 ledger', ['d-ledger']],
    ['ledger web', []],
  ])('finds for “%s” by name, id and backups, all the words', (query, wanted) => {
    expect(found(query)).toEqual(wanted);
  });

  it('looks at the last backups of a disk, not at all it ever had', () => {
    const many = Array.from({ length: 12 }, (_, at) => backup(`n${at}-x`, 'd-ledger', 1));
    const search = (query: string) => findDisks(seenDisks(many, names), query).length;
    expect([search('n9-x'), search('n11-x')]).toEqual([1, 0]);
  });
});
