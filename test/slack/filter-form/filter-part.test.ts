import { expect, it } from 'vitest';
import { filterPart, LONGEST_PART, partShape } from '../../../src/slack/filter-form/filter-part.ts';

it.each([
  ['nothing', undefined, undefined],
  ['blanks', '  \n', undefined],
  ['a word within blanks', '  db-1 ', 'db-1'],
])('%s, typed into a field of a filter', (_, typed, part) => {
  expect(filterPart(typed)).toBe(part);
});

it('cuts what is too long between characters, and buttons carry what is left', () => {
  const part = filterPart('🗄'.repeat(LONGEST_PART + 1));
  expect(part).toBe('🗄'.repeat(LONGEST_PART));
  expect(partShape.parse(part)).toBe(part);
});
