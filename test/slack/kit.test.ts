import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../src/sandbox/slack/validate/blocks.ts';
import { validateMessage } from '../../src/sandbox/slack/validate/message.ts';
import {
  actions,
  button,
  context,
  cut,
  divider,
  escapeText,
  facts,
  header,
  LIMITS,
  message,
  mrkdwn,
  oneLine,
  option,
  plain,
  safe,
  section,
} from '../../src/slack/kit.ts';

const lengthOf = (text: string) => Array.from(text).length;
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Text as an enemy would choose it: what Slack parses, what is not seen, what is too long. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<@U1>',
        '*bold*',
        '`',
        '```',
        '_',
        '~',
        '>',
        '&',
        '&amp;',
        '\n',
        '\r\n',
        '\0',
        '\t',
      ),
      fc.constantFrom('\u202e', '\u200b', '\u2066', '\ufeff', '\u200d', '🦆', '👩‍💻', '\ud83d', 'e\u0301', '  ', ''),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
    ),
    { maxLength: 200 },
  )
  .map((parts) => parts.join(''));

describe('escapeText', () => {
  it('replaces the three signs that Slack parses, and nothing else', () => {
    expect(escapeText('<!channel> & <@U1> *a* "b" \'c\' &amp;')).toBe(
      '&lt;!channel&gt; &amp; &lt;@U1&gt; *a* "b" \'c\' &amp;amp;',
    );
  });

  it('can be undone, and leaves nothing to parse', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(unescaped(escapeText(text))).toBe(text);
        expect(escapeText(text)).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
      }),
    );
  });
});

describe('cut', () => {
  it.each([
    ['short enough', 12, 'short enough'],
    ['too long by far', 8, 'too lon…'],
    ['too long', 5, 'too…'],
    ['🦆🦆🦆', 3, '🦆🦆🦆'],
    ['🦆🦆🦆', 2, '🦆…'],
    ['a&amp;b', 5, 'a…'],
    ['a&amp;b', 7, 'a&amp;b'],
    ['a&amp;bc', 7, 'a&amp;…'],
    ['by <@U1234567> now', 10, 'by…'],
    ['at <!date^1^{time}|12:00 UTC> or so', 10, 'at…'],
    ['anything', 1, '…'],
    ['anything', 0, ''],
    ['', 0, ''],
    ['> aaaa', 8, '> aa…'],
    ['> aaaa', 9, '> aaaa'],
  ])('%j to %i is %j', (text, max, expected) => {
    expect(cut(text, max)).toBe(expected);
  });

  it('keeps the beginning, within the limit, and no half of anything', () => {
    fc.assert(
      fc.property(hostile, fc.nat(60), (text, max) => {
        const escaped = escapeText(text);
        const short = cut(escaped, max);
        expect(lengthOf(short)).toBeLessThanOrEqual(max);
        if (lengthOf(escaped) <= max) expect(short).toBe(escaped);
        else expect(escaped.startsWith(short.replace(/…$/, ''))).toBe(true);
        expect(short).not.toMatch(/&(?!(?:amp|lt|gt);)/);
        if (!/\p{Surrogate}/u.test(text)) expect(short).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});

describe('text of others', () => {
  it.each([
    ['<!channel> and <@U1>', '&lt;!channel&gt; and &lt;@U1&gt;'],
    ['*bold* _it_ ~no~ `code`', '∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ'],
    ['db_nightly_0412', 'db_nightly_0412'],
    ['2*3~4', '2*3~4'],
    ['> quoted', '› quoted'],
    ['a > b', 'a &gt; b'],
    ['pay\u200bments\u202e\ufeff', 'payments'],
    ['a\0b\u0007', 'a b'],
    ['tab\tand  spaces', 'tab and spaces'],
    ['two\r\nlines\u2028more', 'two lines more'],
    ['👩‍💻 🏳️‍🌈 می‌خواهم', '👩‍💻 🏳️‍🌈 می‌خواهم'],
    ['a\u200db', 'ab'],
    ['half \ud83d', 'half \ufffd'],
    [`z${'\u0301'.repeat(50)}`, `z${'\u0301'.repeat(3)}`],
    ['  \u200b ', ''],
  ])('does no harm within a line: %j becomes %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  it('keeps its lines where there is room for them', () => {
    expect(safe('one\r\ntwo\n\n \n\n\nthree\t*four*\n> five\n')).toBe('one\ntwo\n\nthree ∗four∗\n› five');
  });

  it('is cut at the limit of its place, visibly', () => {
    expect(lengthOf(safe('x'.repeat(10_000)))).toBe(LIMITS.sectionText);
    expect(safe('x'.repeat(10_000), 10)).toBe('xxxxxxxxx…');
    expect(oneLine('&'.repeat(10_000), 12)).toBe('&amp;&amp;…');
  });

  it('stays harmless whatever it is', () => {
    fc.assert(
      fc.property(hostile, fc.nat(200), (text, max) => {
        const line = oneLine(text, max);
        expect(lengthOf(line)).toBeLessThanOrEqual(max);
        expect(line).not.toMatch(/[<>`\n\r\0]|&(?!(?:amp|lt|gt);)|[\u202a-\u202e\u2066-\u2069\u200b]/);
        expect(safe(text, max)).not.toMatch(/[<>`\r\0]|&(?!(?:amp|lt|gt);)|[\u202a-\u202e\u2066-\u2069\u200b]/);
      }),
    );
  });
});

describe('blocks', () => {
  it('are plain data', () => {
    expect([
      header('Backups of payments'),
      section('*db-1* is shared'),
      facts([
        ['Disk', 'payments-db-1'],
        ['Why', undefined],
        ['Size', ''],
      ]),
      context('Open until tomorrow', 'request 7K3F'),
      divider(),
      actions(
        button({ text: 'Approve', actionId: 'share:approve', value: 'r1', style: 'primary' }),
        button({ text: '→', actionId: 'list:next', url: 'https://example.com', label: 'Next page' }),
      ),
    ]).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'Backups of payments', emoji: true } },
      { type: 'section', text: { type: 'mrkdwn', text: '*db-1* is shared', verbatim: true } },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*Disk*  payments-db-1', verbatim: true },
          { type: 'mrkdwn', text: '*Size*  –', verbatim: true },
        ],
      },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'Open until tomorrow', verbatim: true },
          { type: 'mrkdwn', text: 'request 7K3F', verbatim: true },
        ],
      },
      { type: 'divider' },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Approve', emoji: true },
            action_id: 'share:approve',
            value: 'r1',
            style: 'primary',
          },
          {
            type: 'button',
            text: { type: 'plain_text', text: '→', emoji: true },
            action_id: 'list:next',
            url: 'https://example.com',
            accessibility_label: 'Next page',
          },
        ],
      },
    ]);
  });

  it('are taken by Slack whatever they say', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 30 }), (texts) => {
        const [first = '', second = ''] = texts;
        const buttons = texts.map((text, index) => button({ text, actionId: `a:${index}`, label: text }));
        const blocks = [
          section(safe(first), button({ text: second, actionId: 'b', value: 'v' })),
          section(first),
          facts(texts.map((text) => [oneLine(text), safe(text)])),
          context(...texts.map((text) => safe(text))),
          header(first),
          actions(button({ text: first, actionId: 'c' }), ...buttons),
          { type: 'section', text: plain(first), fields: [mrkdwn(oneLine(second))] },
          actions({ type: 'static_select', action_id: 'd', options: [option(first, 'v', second)] }),
        ];
        expect(validateBlocks(blocks, 'message')).toEqual([]);
      }),
    );
  });

  it('say how much does not fit', () => {
    const texts = Array.from({ length: 12 }, (_, index) => `${index}`);
    const last = { type: 'mrkdwn', text: '… and 3 more', verbatim: true };
    expect(facts(texts.map((text) => [text, text])).fields?.slice(8)).toEqual([
      { type: 'mrkdwn', text: '*8*  8', verbatim: true },
      last,
    ]);
    expect(context(...texts).elements.slice(9)).toEqual([last]);
  });

  it('show a dash where there is nothing', () => {
    expect(section('')).toEqual(section('–'));
    expect(facts([])).toEqual(section('–'));
    expect(context()).toEqual(context('–'));
    expect(plain('\u200b').text).toBe('–');
  });

  it('count plain text as Slack stores it', () => {
    expect(header('&'.repeat(100)).text.text).toBe(`${'&'.repeat(29)}…`);
  });

  it('never cut what names something', () => {
    expect(() => button({ text: 'Go', actionId: 'a', value: 'x'.repeat(2001) })).toThrow(RangeError);
    expect(() => button({ text: 'Go', actionId: 'x'.repeat(256) })).toThrow(RangeError);
    expect(() => option('a', 'x'.repeat(151))).toThrow(RangeError);
  });
});

describe('a message', () => {
  it('is its text and its blocks', () => {
    expect(message('Shared: db-1', [divider()])).toEqual({ text: 'Shared: db-1', blocks: [{ type: 'divider' }] });
  });

  it('keeps its beginning and its buttons when it has too many blocks, and says so', () => {
    const blocks = Array.from({ length: 60 }, (_, index) => section(`${index}`));
    const shown = message('Many', blocks).blocks;
    expect(shown).toEqual([...blocks.slice(0, 47), context('… 11 more not shown'), section('58'), section('59')]);
    expect(message('Many', blocks.slice(0, 50)).blocks).toEqual(blocks.slice(0, 50));
  });

  it('has a text that Slack also takes as an update', () => {
    const { text, blocks } = message('x'.repeat(10_000), [divider()]);
    expect(lengthOf(text)).toBe(LIMITS.messageText);
    expect(text.endsWith('…')).toBe(true);
    expect(validateMessage({ ts: '1.2', text, blocks })).toBeUndefined();
  });
});
