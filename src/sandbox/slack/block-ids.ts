import { newSecret } from './ids.ts';
import { isRecord, type Json, records } from './json.ts';

const BLOCK_LISTS = ['child_blocks'] as const;

/** Gives each block and interactive element the id that its author left out, as Slack does on storing. */
export function withIds(blocks: unknown): Json[] {
  return records(blocks).map(blockWithIds);
}

function blockWithIds(block: Json): Json {
  const named: Json = { ...block, block_id: block.block_id ?? newSecret().slice(0, 5) };
  for (const list of BLOCK_LISTS) if (Array.isArray(block[list])) named[list] = withIds(block[list]);
  if (block.type === 'carousel') named.elements = withIds(block.elements);
  else if (Array.isArray(block.elements)) named.elements = block.elements.map(elementWithId);
  if (isRecord(block.accessory)) named.accessory = elementWithId(block.accessory);
  if (isRecord(block.element)) named.element = elementWithId(block.element);
  if (block.type === 'card' && Array.isArray(block.actions)) named.actions = block.actions.map(elementWithId);
  return named;
}

const WITHOUT_ACTION: ReadonlySet<unknown> = new Set(['image', 'plain_text', 'mrkdwn']);

function elementWithId(element: unknown): unknown {
  if (!isRecord(element) || typeof element.type !== 'string') return element;
  if (WITHOUT_ACTION.has(element.type) || element.type.startsWith('rich_text_')) {
    // A rich text *input* is the one interactive element whose type begins so.
    if (element.type !== 'rich_text_input') return element;
  }
  return { ...element, action_id: element.action_id ?? newSecret().slice(0, 5) };
}
