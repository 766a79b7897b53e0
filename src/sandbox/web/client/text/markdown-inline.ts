import { type Inline, safeUrl } from './inline.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly read: (found: RegExpExecArray) => Inline | undefined;
}

const inside = (found: RegExpExecArray): Inline[] => parseMarkdownInline(found[1] ?? '');

const link = (url: string, children: readonly Inline[]): Inline | undefined => {
  const safe = safeUrl(url);
  return safe === undefined ? undefined : { kind: 'link', url: safe, children };
};

/** Tried in this order where a line may hold something other than text; each is anchored at its beginning. */
const RULES: readonly Rule[] = [
  { pattern: /^\\([\\`*_{}[\]()#+\-.!~|<>])/, read: ([, char = '']) => ({ kind: 'text', text: char }) },
  { pattern: /^(`+)(.+?)\1(?!`)/, read: ([, , code = '']) => ({ kind: 'code', text: code.trim() }) },
  { pattern: /^\*\*(?=\S)(.+?)(?<=\S)\*\*/, read: (found) => ({ kind: 'bold', children: inside(found) }) },
  { pattern: /^__(?=\S)(.+?)(?<=\S)__(?![\p{L}\p{N}])/u, read: (found) => ({ kind: 'bold', children: inside(found) }) },
  { pattern: /^\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?!\*)/, read: (found) => ({ kind: 'italic', children: inside(found) }) },
  {
    pattern: /^_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\p{L}\p{N}_])/u,
    read: (found) => ({ kind: 'italic', children: inside(found) }),
  },
  { pattern: /^~~(?=\S)(.+?)(?<=\S)~~/, read: (found) => ({ kind: 'strike', children: inside(found) }) },
  // The alternative text stands for an image: none is loaded from elsewhere.
  {
    pattern: /^!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/,
    read: ([, alt = '', url = '']) => link(url, [{ kind: 'text', text: alt || url }]),
  },
  { pattern: /^\[([^\]]+)\]\(([^)\s]+)[^)]*\)/, read: (found) => link(found[2] ?? '', inside(found)) },
  { pattern: /^<(https?:[^>\s]+|mailto:[^>\s]+)>/, read: ([, url = '']) => link(url, [{ kind: 'text', text: url }]) },
  { pattern: /^https?:\/\/[^\s<>]+[^\s<>.,;:!?)'"]/, read: ([url]) => link(url, [{ kind: 'text', text: url }]) },
  { pattern: /^:([a-z0-9_+'-]+):/, read: ([, name = '']) => ({ kind: 'emoji', name }) },
];

const MAY_BEGIN = /[\\`*_~![<h:]/;

/** Parses one line of Markdown. */
export function parseMarkdownInline(line: string): Inline[] {
  const nodes: Inline[] = [];
  let plain = '';
  let at = 0;
  while (at < line.length) {
    const found = MAY_BEGIN.test(line.charAt(at)) ? nodeAt(line, at) : undefined;
    if (!found) {
      plain += line.charAt(at);
      at += 1;
      continue;
    }
    if (plain !== '') nodes.push({ kind: 'text', text: plain });
    plain = '';
    nodes.push(found.node);
    at += found.length;
  }
  if (plain !== '') nodes.push({ kind: 'text', text: plain });
  return nodes;
}

function nodeAt(line: string, at: number): { node: Inline; length: number } | undefined {
  // An underscore within a word, as in snake_case, marks nothing.
  if (line.charAt(at) === '_' && /[\p{L}\p{N}]/u.test(line.charAt(at - 1))) return undefined;
  const rest = line.slice(at);
  for (const { pattern, read } of RULES) {
    const found = pattern.exec(rest);
    const node = found ? read(found) : undefined;
    if (found && node) return { node, length: found[0].length };
  }
  return undefined;
}
