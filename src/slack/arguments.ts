/** The words of a command, and the quote that was opened but never closed, if any. */
export interface Arguments {
  words: string[];
  unclosed: string | undefined;
}

/** What closes each quote. Phones write curly ones, and some languages open with a low one. */
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”“',
  '”': '”',
  '„': '“”',
  '‘': '’',
  '’': '’',
  '‚': '‘’',
};

/** An apostrophe within a word is no quote. */
const APOSTROPHES = "'‘’";

/** What comes along unseen where text is pasted: marks of direction and blanks of no width. */
const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** One sign as Slack sends it: a mention or link, an entity, or a character. */
const SIGN = /<(?:[@#!]|\w+:)[^<>]*>|&(?:amp|lt|gt);|./gsu;

/**
 * Splits the text of a command into words as a shell would: spaces part them, single, double and curly quotes and
 * backslashes keep them together. Slack's escapes are undone: `&amp;` is `&`, a link is what was typed, and a mention
 * is one word, `<@U123>`, whatever the name in it. A quote left open is told, and its words are those up to the end.
 */
export function splitArguments(text: string): Arguments {
  const signs = text.replace(UNSEEN, '').match(SIGN) ?? [];
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < signs.length; index += 1) {
    const sign = signs[index] ?? '';
    const next = signs[index + 1];
    if (sign === '\\' && next !== undefined && isEscaping(quote, next)) {
      word = (word ?? '') + decode(next);
      index += 1;
    } else if (quote !== undefined && CLOSERS[quote]?.includes(sign)) {
      quote = undefined;
    } else if (quote === undefined && opens(sign, word)) {
      quote = sign;
      word ??= '';
    } else if (quote === undefined && /^\s$/u.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + decode(sign);
    }
  }
  if (word !== undefined) words.push(word);
  return { words, unclosed: quote };
}

/** In single quotes a backslash is itself; in double ones it only keeps a quote or a backslash. */
function isEscaping(quote: string | undefined, next: string): boolean {
  if (quote === undefined) return true;
  return !APOSTROPHES.includes(quote) && quote !== '‚' && (next === '\\' || next in CLOSERS);
}

function opens(sign: string, word: string | undefined): boolean {
  if (!(sign in CLOSERS)) return false;
  return !APOSTROPHES.includes(sign) || word === undefined || word.endsWith('=');
}

function decode(sign: string): string {
  if (sign === '&amp;') return '&';
  if (sign === '&lt;') return '<';
  if (sign === '&gt;') return '>';
  if (sign.length < 2 || !sign.startsWith('<')) return sign;
  const [target = '', label] = sign.slice(1, -1).split('|');
  if (/^[@#!]/.test(target)) return `<${target}>`;
  return decodeEntities(label ?? target);
}

/** The characters that Slack escapes, as they were typed. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt);/g, decode);
}

/** Longer words are no slips of the finger. */
const LONGEST = 40;

/**
 * The candidate that was most likely meant: one that begins with the word, or that is about a third of its letters or
 * less away from it, counting two neighbours exchanged as one slip.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.trim().toLowerCase();
  if (typed === '' || typed.length > LONGEST) return undefined;
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const meant = candidate.toLowerCase();
    const begins = typed.length > 1 && typed !== meant && meant.startsWith(typed);
    const distance = begins ? 0.5 : slips(typed, meant);
    const most = begins ? 1 : Math.max(1, Math.round(Math.max(typed.length, meant.length) / 3));
    if (meant.length > LONGEST || distance > most || distance >= Math.min(meant.length, typed.length)) continue;
    if (best === undefined || distance < best.distance) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Insertions, deletions, changes and exchanges of neighbours that turn one word into the other. */
function slips(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const exchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        row > 1 && column > 1 && exchanged ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = current;
  }
  return last[other.length] ?? 0;
}
