import { NotFound } from '../../core/errors.ts';
import type { Policy } from '../../core/policies/policy.ts';

/**
 * The policies that a word may mean: the one with this id, else those with this name, else those with it in another
 * case. Throws NotFound, with the names there are.
 */
export function findPolicies(policies: readonly Policy[], word: string): readonly Policy[] {
  const wanted = word.toLowerCase();
  const tests: ((policy: Policy) => boolean)[] = [
    (policy) => policy.id.toLowerCase() === wanted,
    (policy) => policy.name === word,
    (policy) => policy.name.toLowerCase() === wanted,
  ];
  for (const test of tests) {
    const found = policies.filter(test);
    if (found.length > 0) return found;
  }
  throw new NotFound(
    'policy',
    word,
    policies.map((policy) => policy.name),
  );
}
