import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedIn } from '../../../src/core/backups/named-backups.ts';

const ID = '1f3a09c2-5b7e-4c1d-9e2f-0a1b2c3d4e5f';
const backup = (name: string | undefined, id = `${name}-id`) => ({ id, name });
const all = [
  backup('db-nightly'),
  backup('db-nightly-0412'),
  backup('Größe v1.2'),
  backup('db'),
  backup(undefined, ID),
  backup('db-nightly', 'another'),
];
const names = (text: string) => namedIn(text, all).map(({ name, id }) => name ?? id);

describe('the backups that a text names', () => {
  it.each([
    ['the disk filled up after db-nightly-0412 was taken.', ['db-nightly-0412']],
    ['*db-nightly-0412*, “db-nightly-0412”; (db-nightly-0412)', ['db-nightly-0412']],
    ['look at db-nightly.', ['db-nightly', 'db-nightly']],
    ['db-nightly and db-nightly-0412', ['db-nightly', 'db-nightly-0412', 'db-nightly']],
    ['see Größe v1.2!', ['Größe v1.2']],
    [`backup ${ID.toUpperCase()} of db-nightly`, [ID]],
    ['DB-NIGHTLY', []],
    ['db-nightly-04123, xdb-nightly, db-nightly-x, db-nightly.bak', []],
    ['db', []],
    ['', []],
    [`${ID}-more, x${ID}`, []],
  ])('are found in %j', (text, found) => {
    expect(names(text)).toEqual(found);
  });

  it('are those whose name stands alone, whatever stands around it', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{2,20}[a-z0-9]$/);
    fc.assert(
      fc.property(word, fc.stringMatching(/^[ \n,;:"'()*<>!?]{1,5}$/), (name, around) => {
        expect(namedIn(`${around}${name}${around}`, [backup(name)])).toHaveLength(1);
        expect(namedIn(`${around}x${name}${around}`, [backup(name)])).toEqual([]);
      }),
    );
  });

  it('are found in the longest message among ten thousand names', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => backup(`autobk-${index}`));
    expect(namedIn('a-'.repeat(10_000), [...many, backup('a-a')])).toEqual([]);
    expect(namedIn(`${'word '.repeat(1_900)} autobk-4711`, many).map(({ name }) => name)).toEqual(['autobk-4711']);
  });
});
