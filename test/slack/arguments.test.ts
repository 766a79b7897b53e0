import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitArguments, suggest } from '../../src/slack/arguments.ts';

/** What Slack makes of what a person typed. */
const sent = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('the words of a command', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['share payments db-1', ['share', 'payments', 'db-1']],
    ['  share \t payments\u00a0db-1\n', ['share', 'payments', 'db-1']],
    ['share \u202epay\u200bments\u202c \ufeffdb-1', ['share', 'payments', 'db-1']],
    ['share "my backup" \'of today\'', ['share', 'my backup', 'of today']],
    ['share “my backup” ‘of today’', ['share', 'my backup', 'of today']],
    ['share „my backup“ ‚of today‘', ['share', 'my backup', 'of today']],
    ['share my\\ backup \\"a\\"', ['share', 'my backup', '"a"']],
    ['"a \\"b\\" c" "d\\e" "f\\\\"', ['a "b" c', 'd\\e', 'f\\']],
    ["'a\\b' c\\", ['a\\b', 'c\\']],
    ['name="my backup"x', ['name=my backupx']],
    ["name='my backup'", ['name=my backup']],
    ["don't can’t", ["don't", 'can’t']],
    ['a "" b', ['a', '', 'b']],
    ['"say “hi” now"', ['say “hi” now']],
  ])('%j are %j', (text, words) => {
    expect(splitArguments(text)).toEqual({ words, unclosed: undefined });
  });

  it.each([
    ['share "my backup', ['share', 'my backup'], '"'],
    ['share \'my backup"', ['share', 'my backup"'], "'"],
    ['share “my backup', ['share', 'my backup'], '“'],
    ['share "', ['share', ''], '"'],
  ])('of %j are told with the quote left open', (text, words, unclosed) => {
    expect(splitArguments(text)).toEqual({ words, unclosed });
  });

  it.each([
    ['R&amp;D &lt;old&gt;', ['R&D', '<old>']],
    ['&amp;lt;', ['&lt;']],
    ['by <@U123|first last> in <#C1|general>', ['by', '<@U123>', 'in', '<#C1>']],
    ['<!subteam^S1|@owners> <@W9>', ['<!subteam^S1>', '<@W9>']],
    ['show <http://db-1.example.com|db-1.example.com>', ['show', 'db-1.example.com']],
    ['see <https://example.com/?a=1&amp;b=2>', ['see', 'https://example.com/?a=1&b=2']],
    ['to <mailto:a@example.com|a@example.com>', ['to', 'a@example.com']],
    ['"for <@U123|first last> only"', ['for <@U123> only']],
  ])('come without the escapes of Slack: %j', (text, words) => {
    expect(splitArguments(text)).toEqual({ words, unclosed: undefined });
  });

  it('come back whole when they were quoted', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'a"\'\\ “”&<>@|'.split('')) }),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const typed = words.map((each) => `"${each.replaceAll(/["\\]/g, '\\$&')}"`).join(' ');
        expect(splitArguments(sent(typed))).toEqual({ words, unclosed: undefined });
      }),
    );
  });

  it('are found in any text, without an error', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab "\'\\“”‘’„‚<>@#!|:&;=\n'.split('')) });
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (any) => {
        const { words, unclosed } = splitArguments(any);
        expect(words.join('').length).toBeLessThanOrEqual(any.length);
        if (unclosed !== undefined) expect(any).toContain(unclosed);
      }),
    );
  });
});

describe('a suggestion', () => {
  const commands = ['help', 'backups', 'share', 'shares', 'requests', 'policies', 'run', 'jobs'];

  it.each([
    ['backup', 'backups'],
    ['bakcups', 'backups'],
    ['BACKUPS', 'backups'],
    ['shaer', 'share'],
    ['shars', 'share'],
    ['shair', 'share'],
    ['request', 'requests'],
    ['polcies', 'policies'],
    ['pol', 'policies'],
    ['rnu', 'run'],
    ['job', 'jobs'],
    ['hlep', 'help'],
    ['xyz', undefined],
    ['delete', undefined],
    ['r', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('for %j is %j', (word, expected) => {
    expect(suggest(word, commands)).toBe(expected);
  });

  it.each(['share', 'shares'])('is the word itself when it is right: %s', (word) => {
    expect(suggest(word, ['shares', ...commands])).toBe(word);
  });

  it('is nothing when there is nothing to choose from', () => {
    expect(suggest('share', [])).toBeUndefined();
  });
});
