import { type DateInline, type Inline, safeUrl } from './inline.ts';

/** Slack's own markup: what a `mrkdwn` text and a message's `text` are made of. */
export type MrkdwnBlock =
  | { readonly kind: 'lines'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string };

export interface MrkdwnOptions {
  /** Addresses that stand in the text bare become no links. */
  readonly verbatim: boolean;
}

const FENCE = '```';
const MARKS: Readonly<Record<string, 'bold' | 'italic' | 'strike'>> = { '*': 'bold', _: 'italic', '~': 'strike' };

/** Parses mrkdwn into nodes; nothing of it is ever handed to the browser as HTML. */
export function parseMrkdwn(source: string, options: MrkdwnOptions): MrkdwnBlock[] {
  const pieces = source.split(FENCE);
  // An odd number of fences: the last one is three backticks and no more.
  if (pieces.length % 2 === 0) pieces.splice(-2, 2, pieces.slice(-2).join(FENCE));
  return pieces.flatMap((piece, index): MrkdwnBlock[] => {
    if (index % 2 === 1) return [{ kind: 'code', text: decoded(piece.replace(/^\n/, '').replace(/\n$/, '')) }];
    const between = index === 0 ? piece : piece.replace(/^\n/, '');
    return between === ''
      ? []
      : paragraphs(index === pieces.length - 1 ? between : between.replace(/\n$/, ''), options);
  });
}

function paragraphs(piece: string, options: MrkdwnOptions): MrkdwnBlock[] {
  const blocks: { kind: 'lines' | 'quote'; children: Inline[] }[] = [];
  for (const line of piece.split('\n')) {
    const quoted = /^(?:>|&gt;) ?/.exec(line);
    const kind = quoted ? 'quote' : 'lines';
    const children = parseInline(quoted ? line.slice(quoted[0].length) : line, options);
    const last = blocks.at(-1);
    if (last?.kind === kind) last.children.push({ kind: 'break' }, ...children);
    else blocks.push({ kind, children });
  }
  return blocks;
}

/** Parses one line. */
function parseInline(line: string, options: MrkdwnOptions): Inline[] {
  const nodes: Inline[] = [];
  let plain = '';
  let at = 0;
  while (at < line.length) {
    const found = nodeAt(line, at, options);
    if (found) {
      if (plain !== '') nodes.push({ kind: 'text', text: plain });
      plain = '';
      nodes.push(found.node);
      at += found.length;
      continue;
    }
    const entity = /^&(?:amp|lt|gt);/.exec(line.slice(at, at + 5))?.[0];
    plain += entity ? decoded(entity) : line.charAt(at);
    at += entity?.length ?? 1;
  }
  if (plain !== '') nodes.push({ kind: 'text', text: plain });
  return nodes;
}

interface FoundNode {
  readonly node: Inline;
  readonly length: number;
}

function nodeAt(line: string, at: number, options: MrkdwnOptions): FoundNode | undefined {
  const char = line.charAt(at);
  switch (char) {
    case '<':
      return bracketAt(line, at);
    case '`': {
      const end = line.indexOf('`', at + 1);
      if (end <= at + 1) return undefined;
      return { node: { kind: 'code', text: decoded(line.slice(at + 1, end)) }, length: end + 1 - at };
    }
    case '*':
    case '_':
    case '~':
      return markedAt(line, at, options);
    case ':':
      return emojiAt(line, at);
    case 'h':
      return options.verbatim ? undefined : bareLinkAt(line, at);
    default:
      return undefined;
  }
}

function bracketAt(line: string, at: number): FoundNode | undefined {
  const end = line.indexOf('>', at);
  if (end < 0) return undefined;
  const inside = line.slice(at + 1, end);
  const node = reference(inside);
  return node && { node, length: end + 1 - at };
}

function reference(inside: string): Inline | undefined {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : decoded(inside.slice(bar + 1));
  const named = label === undefined ? {} : { label };
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), ...named };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), ...named };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice('!subteam^'.length), ...named };
  if (target.startsWith('!date^')) return date(target, label);
  if (target.startsWith('!')) return { kind: 'broadcast', range: label ?? target.slice(1) };
  const url = safeUrl(decoded(target));
  if (url === undefined) return undefined;
  return { kind: 'link', url, children: [{ kind: 'text', text: label ?? url.replace(/^mailto:/, '') }] };
}

function date(target: string, fallback = ''): DateInline | undefined {
  const [, seconds, format, link] = target.split('^');
  if (seconds === undefined || format === undefined || !/^\d+$/.test(seconds)) return undefined;
  const url = link === undefined ? undefined : safeUrl(decoded(link));
  return { kind: 'date', seconds: Number(seconds), format, fallback, ...(url !== undefined && { url }) };
}

/** Bold, italic or struck text: its marks touch it on the inside, and no word on the outside. */
function markedAt(line: string, at: number, options: MrkdwnOptions): FoundNode | undefined {
  const mark = line.charAt(at);
  const kind = MARKS[mark];
  if (kind === undefined || isWord(line.charAt(at - 1)) || !touches(line.charAt(at + 1), mark)) return undefined;
  for (let end = at + 2; end < line.length; end += 1) {
    const char = line.charAt(end);
    if (char === '<' || char === '`') {
      const skipped = char === '<' ? line.indexOf('>', end) : line.indexOf('`', end + 1);
      if (skipped > end) end = skipped;
      continue;
    }
    if (char !== mark || !touches(line.charAt(end - 1), mark) || isWord(line.charAt(end + 1))) continue;
    const children = parseInline(line.slice(at + 1, end), options);
    return { node: { kind, children }, length: end + 1 - at };
  }
  return undefined;
}

function touches(char: string, mark: string): boolean {
  return char !== '' && char !== mark && !/\s/.test(char);
}

function isWord(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char);
}

function emojiAt(line: string, at: number): FoundNode | undefined {
  const found = /^:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/.exec(line.slice(at, at + 80));
  const name = found?.[1];
  // 10:30:00 is a time of day.
  if (!found || name === undefined || (/^\d+$/.test(name) && isWord(line.charAt(at - 1)))) return undefined;
  return { node: { kind: 'emoji', name }, length: found[0].length };
}

function bareLinkAt(line: string, at: number): FoundNode | undefined {
  if (isWord(line.charAt(at - 1))) return undefined;
  const found = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"]/.exec(line.slice(at))?.[0];
  const url = found && safeUrl(decoded(found));
  if (!url) return undefined;
  return { node: { kind: 'link', url, children: [{ kind: 'text', text: url }] }, length: found.length };
}

/** Undoes the three entities that Slack knows, each once. */
export function decoded(source: string): string {
  return source.replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));
}
