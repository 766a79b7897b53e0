import { expect, test } from 'vitest';
import { nearest } from '../../src/config/nearest.ts';

test.each([
  ['paymnts', 'payments'],
  ['Pay_Ments', 'payments'],
  ['analyitcs', 'analytics'],
  ['x', undefined],
  ['analytics-of-last-year', undefined],
])('near %s is %s', (word, meant) => {
  expect(nearest(word, ['payments', 'analytics', 'platform'])).toBe(meant);
});

test('a word of millions of characters is near nothing, and that is known at once', () => {
  const aliases = Array.from({ length: 500 }, (_, index) => `project-${index}-of-the-company`);
  expect(nearest('x'.repeat(3_000_000), aliases)).toBeUndefined();
});
