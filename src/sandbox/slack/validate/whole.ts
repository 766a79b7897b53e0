import { fault, isObject, type Path } from './faults.ts';
import type { Surface } from './surfaces.ts';
import { MOST_CELL_CHARACTERS } from './tables.ts';
import { codePoints } from './text.ts';

/** A part of a payload and where it sits. */
interface Part {
  path: Path;
  value: object;
}

/** What holds across the blocks of one message or view, and so cannot be seen in a block by itself. */
export function wholeFaults(blocks: unknown, surface: Surface, base: Path): string[] {
  const top = partsIn({ path: base, value: isObject(blocks) ? blocks : [] });
  const all = top.flatMap((block) => [block, ...childrenOf(block, 'child_blocks'), ...cardsOf(block)]);
  return [
    ...repeated(all, 'block_id'),
    ...all.flatMap((block) => repeated(elementsOf(block), 'action_id')),
    ...focusFaults(all),
    ...all.flatMap((block) => modalOnlyFaults(block, surface)),
    ...(surface === 'message' ? messageFaults(all) : []),
  ];
}

/** Tables and data tables in a list of blocks, those in containers too: a message may have one. */
export function countTables(blocks: unknown): number {
  const top = partsIn({ path: [], value: isObject(blocks) ? blocks : [] });
  return top.flatMap((block) => [block, ...childrenOf(block, 'child_blocks')]).filter(isTable).length;
}

function repeated(parts: Part[], key: 'block_id' | 'action_id'): string[] {
  const seen = new Set<unknown>();
  return parts.flatMap(({ path, value }) => {
    const id = get(value, key);
    if (typeof id !== 'string') return [];
    if (seen.has(id)) return [fault(`\`${key}\` "${id}" already exists`, [...path, key])];
    seen.add(id);
    return [];
  });
}

function focusFaults(blocks: Part[]): string[] {
  const focused = blocks.flatMap(elementsOf).filter(({ value }) => get(value, 'focus_on_load') === true);
  return focused
    .slice(1)
    .map(({ path }) => fault('only one element can have `focus_on_load` set to true', [...path, 'focus_on_load']));
}

function modalOnlyFaults(block: Part, surface: Surface): string[] {
  const inModalInput = surface === 'modal' && typeOf(block) === 'input';
  return elementsOf(block).flatMap(({ path, value }) => {
    if (get(value, 'type') === 'file_input' && surface !== 'modal') {
      return [fault('unsupported type: file_input', [...path, 'type'])];
    }
    if (get(value, 'response_url_enabled') === true && !inModalInput) {
      const where = [...path, 'response_url_enabled'];
      return [fault('`response_url_enabled` is only supported in input blocks of modals', where)];
    }
    return [];
  });
}

/** Limits over all blocks of a message together. */
function messageFaults(blocks: Part[]): string[] {
  const charts = blocks.filter((block) => typeOf(block) === 'data_visualization');
  const markdown = blocks.filter((block) => typeOf(block) === 'markdown');
  const tables = blocks.filter(isTable);
  return [
    ...charts.slice(2).map(({ path }) => fault('no more than 2 data_visualization blocks allowed', path)),
    ...overBudget(markdown, 12_000, ({ value }) => lengthOf(get(value, 'text'))),
    ...overBudget(tables, MOST_CELL_CHARACTERS, ({ value }) => textIn(get(value, 'rows'))),
  ];
}

function overBudget(blocks: Part[], most: number, lengthIn: (block: Part) => number): string[] {
  let used = 0;
  return blocks.flatMap((block) => {
    const own = lengthIn(block);
    used += own;
    if (own === 0 || used <= most) return [];
    return [fault(`must be less than ${most + 1} characters in total over all ${typeOf(block)} blocks`, block.path)];
  });
}

function textIn(value: unknown): number {
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? lengthOf(part) : textIn(part)),
    0,
  );
}

function elementsOf(block: Part): Part[] {
  const single = ['accessory', 'element'].flatMap((key) => {
    const value = get(block.value, key);
    return isObject(value) ? [{ path: [...block.path, key], value }] : [];
  });
  const cards = typeOf(block) === 'carousel';
  return [...single, ...(cards ? [] : childrenOf(block, 'elements')), ...childrenOf(block, 'actions')];
}

function cardsOf(block: Part): Part[] {
  return typeOf(block) === 'carousel' ? childrenOf(block, 'elements') : [];
}

function childrenOf({ path, value }: Part, key: string): Part[] {
  const list = get(value, key);
  return isObject(list) ? partsIn({ path: [...path, key], value: list }) : [];
}

function partsIn({ path, value }: Part): Part[] {
  if (!Array.isArray(value)) return [];
  const items: unknown[] = value;
  return items.flatMap((item, index) => (isObject(item) ? [{ path: [...path, index], value: item }] : []));
}

function isTable(block: Part): boolean {
  return ['table', 'data_table'].includes(typeOf(block));
}

function typeOf({ value }: Part): string {
  return String(get(value, 'type'));
}

function get(value: object, key: string): unknown {
  return Reflect.get(value, key);
}

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? codePoints(text) : 0;
}
