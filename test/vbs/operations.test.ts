import { expect, test } from 'vitest';
import { operations } from '../../src/vbs/operations.ts';
import { reference } from './reference.ts';

test('the table holds every operation of the reference, and none besides the token', () => {
  const rows = Object.values(operations).flatMap(({ method, path, success }) => {
    const versions = path.startsWith('/{native}/') ? ['v2', 'v3'] : ['-'];
    return versions.map((version) => `${method} ${path.replace('{native}', version)} ${success}`);
  });
  const documented = reference.flatMap(({ calls }) => calls);
  expect(new Set(rows)).toEqual(new Set(['POST /v3/auth/tokens 201', ...documented]));
});

test('the reference has 37 operations', () => {
  expect(new Set(reference.map(({ title }) => title)).size).toBe(37);
});

test('whatever is not a GET is a write, save asking for a token and for policies by their tags', () => {
  const writes = Object.entries(operations).filter(([, operation]) => operation.effect === 'write');
  const others = Object.entries(operations).filter(([, operation]) => operation.method !== 'GET');
  const reads = ['getToken', 'queryPoliciesByTag'];
  expect(others.map(([id]) => id).filter((id) => !reads.includes(id))).toEqual(writes.map(([id]) => id));
});
