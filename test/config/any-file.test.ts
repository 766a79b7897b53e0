import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { SettingsError } from '../../src/config/fault.ts';
import { SETTINGS_REFERENCE } from '../../src/config/reference.ts';
import { ENV, file, parse } from './settings-file.ts';

const KEYS = [...new Set(SETTINGS_REFERENCE.flatMap(({ path }) => path.split(/\[\]\.|\./)))];
const word = fc.constantFrom(...KEYS, '__proto__', 'constructor', 'toString', '', '0');
const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom('$' + '{SLACK_BOT_TOKEN}', '$' + '{', '$' + '{NOT_SET}', 'everyone', '3d', 'http'),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.array(fc.tuple(word, tie('tree')), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs)),
  ),
}));

/** Settings, or the refusal; whatever else is thrown fails the test. */
function outcome(text: string): 'settings' | SettingsError {
  try {
    parse(text);
    return 'settings';
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}

test('whatever a file holds, it is read or refused with a remedy for each fault, and no secret shows', () => {
  fc.assert(
    fc.property(fc.dictionary(word, tree), (document) => {
      const result = outcome(stringify(document));
      expect(result).toBeInstanceOf(SettingsError);
      if (result === 'settings') return;
      for (const { problem, remedy } of result.faults) expect([problem, remedy]).not.toContain('');
      for (const secret of Object.values(ENV)) expect(result.message).not.toContain(secret);
    }),
    { numRuns: 500 },
  );
});

test('whatever is cut out of a good file or put into it, it is read or refused', () => {
  const good = file();
  fc.assert(
    fc.property(fc.nat(good.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, length, inserted) => {
      const result = outcome(good.slice(0, at) + inserted + good.slice(at + length));
      if (result !== 'settings') expect(result.faults.length).toBeGreaterThan(0);
    }),
    { numRuns: 1_000 },
  );
});
