type Json = Record<string, unknown>;

/** The input block whose id begins with `name`; block ids may carry a suffix from `#` on. */
export function inputIn(blocks: readonly Json[], name: string): { block: string; action: string } {
  for (const block of blocks) {
    const id = block['block_id'];
    const element = block['element'];
    if (typeof id !== 'string' || id.split('#')[0] !== name) continue;
    if (typeof element === 'object' && element !== null && 'action_id' in element) {
      return { block: id, action: String(element.action_id) };
    }
  }
  throw new Error(`the form has no input ${name}`);
}

/** A value for that input, as part of what is handed in. */
export function pick(blocks: readonly Json[], name: string, value: Json): Record<string, Record<string, Json>> {
  const { block, action } = inputIn(blocks, name);
  return { [block]: { [action]: value } };
}
