import type { Inline } from './inline.ts';
import { parseMarkdownInline } from './markdown-inline.ts';

/** Standard Markdown, as far as Slack's `markdown` block shows it. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly MarkdownBlock[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly start: number; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly header: readonly TableCell[]; readonly rows: readonly (readonly TableCell[])[] };

export interface ListItem {
  /** Of an item in a list of tasks. */
  readonly isDone?: boolean;
  readonly blocks: readonly MarkdownBlock[];
}

export interface TableCell {
  readonly align: 'left' | 'center' | 'right';
  readonly children: readonly Inline[];
}

const LIST = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

export function parseMarkdown(source: string): MarkdownBlock[] {
  return blocksOf(source.replaceAll('\r\n', '\n').split('\n'));
}

/** Reads the lines block by block; each reader takes its lines off the front. */
function blocksOf(given: readonly string[]): MarkdownBlock[] {
  const lines = [...given];
  const blocks: MarkdownBlock[] = [];
  while (lines.length > 0) {
    const [line = ''] = lines;
    if (line.trim() === '') lines.shift();
    else blocks.push(readBlock(line, lines));
  }
  return blocks;
}

function readBlock(line: string, lines: string[]): MarkdownBlock {
  if (/^\s*(```|~~~)/.test(line)) return readCode(lines);
  if (RULE.test(line)) {
    lines.shift();
    return { kind: 'rule' };
  }
  const heading = HEADING.exec(line);
  if (heading) {
    lines.shift();
    return { kind: 'heading', level: heading[1]?.length ?? 1, children: parseMarkdownInline(heading[2] ?? '') };
  }
  if (/^\s*>/.test(line)) {
    const quoted = takeWhile(lines, (one) => /^\s*>/.test(one));
    return { kind: 'quote', blocks: blocksOf(quoted.map((one) => one.replace(/^\s*> ?/, ''))) };
  }
  if (LIST.test(line)) return readList(lines);
  if (line.includes('|') && TABLE_RULE.test(lines[1] ?? '')) return readTable(lines);
  return readParagraph(lines);
}

function readCode(lines: string[]): MarkdownBlock {
  const fence = /^\s*(```|~~~)/.exec(lines.shift() ?? '')?.[1] ?? '```';
  const code = takeWhile(lines, (one) => !one.trim().startsWith(fence));
  lines.shift();
  return { kind: 'code', text: code.join('\n') };
}

function readList(lines: string[]): MarkdownBlock {
  const [, indent = '', marker = ''] = LIST.exec(lines[0] ?? '') ?? [];
  const isOrdered = /\d/.test(marker);
  const items: ListItem[] = [];
  for (;;) {
    const found = LIST.exec(lines[0] ?? '');
    if (!found || (found[1] ?? '').length !== indent.length || /\d/.test(found[2] ?? '') !== isOrdered) break;
    lines.shift();
    const deeper = takeWhile(lines, (one) => one.trim() !== '' && leading(one) > indent.length);
    const least = Math.min(...deeper.map(leading));
    items.push(
      listItem(
        found[3] ?? '',
        deeper.map((one) => one.slice(least)),
      ),
    );
  }
  return { kind: 'list', isOrdered, start: Number.parseInt(marker, 10) || 1, items };
}

function listItem(first: string, rest: readonly string[]): ListItem {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
  const blocks = blocksOf([task?.[2] ?? first, ...rest]);
  return task ? { isDone: task[1] !== ' ', blocks } : { blocks };
}

function readTable(lines: string[]): MarkdownBlock {
  const header = cells(lines.shift() ?? '');
  const aligns = cells(lines.shift() ?? '').map(alignOf);
  const rows = takeWhile(lines, (one) => one.includes('|'));
  const row = (texts: readonly string[]) =>
    header.map((_, column) => ({
      align: aligns[column] ?? 'left',
      children: parseMarkdownInline(texts[column] ?? ''),
    }));
  return { kind: 'table', header: row(header), rows: rows.map((one) => row(cells(one))) };
}

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function alignOf(rule: string): TableCell['align'] {
  if (rule.endsWith(':')) return rule.startsWith(':') ? 'center' : 'right';
  return 'left';
}

function readParagraph(lines: string[]): MarkdownBlock {
  const [first = ''] = lines.splice(0, 1);
  const more = takeWhile(
    lines,
    (one) => one.trim() !== '' && !/^\s*(>|```|~~~)/.test(one) && !HEADING.test(one) && !LIST.test(one),
  );
  const children = [first, ...more].flatMap((line, index): Inline[] => [
    ...(index === 0 ? [] : [{ kind: 'break' } as const]),
    ...parseMarkdownInline(line.trim()),
  ]);
  return { kind: 'paragraph', children };
}

function leading(line: string): number {
  return line.length - line.trimStart().length;
}

function takeWhile(lines: string[], is: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !is(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}
