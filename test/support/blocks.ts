/** A piece of Block Kit as it comes over the wire. */
export type Json = Record<string, unknown>;

/** Something to click, as a person finds it: by its words and by what stands beside it. */
export interface ButtonSeen {
  readonly label: string;
  readonly actionId: string;
  readonly blockId: string;
  readonly value: string | undefined;
  readonly url: string | undefined;
  /** The words of its block, and those that a screen reader says of it. */
  readonly beside: string;
}

/** A field of a form, as a person finds it: by its label. */
export interface FieldSeen {
  readonly label: string;
  readonly type: string;
  readonly blockId: string;
  readonly actionId: string;
  readonly options: readonly { readonly text: string; readonly value: string }[];
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The buttons in these blocks, in reading order. */
export function buttonsIn(blocks: readonly Json[]): readonly ButtonSeen[] {
  return blocks.flatMap((block) =>
    objectsIn(block)
      .filter((node) => node['type'] === 'button')
      .map((node) => ({
        label: textOf(node['text']),
        actionId: String(node['action_id']),
        blockId: String(block['block_id']),
        value: typeof node['value'] === 'string' ? node['value'] : undefined,
        url: typeof node['url'] === 'string' ? node['url'] : undefined,
        beside: `${wordsIn([block])}\n${spokenOf(node)}`,
      })),
  );
}

/** The fields in these blocks, in reading order. */
export function fieldsIn(blocks: readonly Json[]): readonly FieldSeen[] {
  return blocks.flatMap((block) => {
    const { element } = block;
    if (block['type'] !== 'input' || !isJson(element)) return [];
    return [
      {
        label: textOf(block['label']),
        type: String(element['type']),
        blockId: String(block['block_id']),
        actionId: String(element['action_id']),
        options: objectsIn([element['options'], element['option_groups']])
          .filter((node) => typeof node['value'] === 'string')
          .map((node) => ({ text: textOf(node['text']), value: String(node['value']) })),
      },
    ];
  });
}

/** Everything that can be read in these blocks. */
export function wordsIn(blocks: readonly Json[]): string {
  return objectsIn(blocks)
    .filter((node) => typeof node['text'] === 'string')
    .map((node) => String(node['text']))
    .join('\n');
}

function spokenOf({ accessibility_label: label }: Json): string {
  return typeof label === 'string' ? label : '';
}

function textOf(node: unknown): string {
  return isJson(node) ? String(node['text']) : '';
}

function objectsIn(node: unknown): Json[] {
  if (Array.isArray(node)) return node.flatMap(objectsIn);
  if (!isJson(node)) return [];
  return [node, ...Object.values(node).flatMap(objectsIn)];
}
