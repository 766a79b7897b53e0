import { z } from 'zod';
import { blockFaults } from './blocks.ts';
import { fault, faultsOf, isObject } from './faults.ts';
import { chars, plain } from './text.ts';

/** The most bytes of a view's JSON: 250 KB. */
const MOST_BYTES = 250_000;

const shared = {
  blocks: z.array(z.unknown()),
  private_metadata: chars(3000, 0).optional(),
  callback_id: chars(255, 0).optional(),
  external_id: chars(255, 0).optional(),
};

const VIEWS = {
  modal: z.strictObject({
    type: z.literal('modal'),
    ...shared,
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  }),
  home: z.strictObject({ type: z.literal('home'), ...shared }),
} as const;

/**
 * Checks what an app hands to `views.open`, `push`, `update` or `publish`.
 * @returns what is wrong in Slack's wording, with pointers from `/view`; the first begins with `view_too_large` when
 *   that is the error to answer instead of `invalid_arguments`
 */
export function validateView(view: unknown, type: 'modal' | 'home'): string[] {
  const size = Buffer.byteLength(JSON.stringify(view) ?? '');
  if (size > MOST_BYTES) return [`view_too_large: the view has ${size} bytes of at most ${MOST_BYTES}`];
  const faults = faultsOf(VIEWS[type], view, ['view']);
  if (!isObject(view)) return faults;
  const blocks: unknown = Reflect.get(view, 'blocks');
  if (!Array.isArray(blocks)) return faults;
  return [...faults, ...submitFaults(view, blocks, type), ...blockFaults(blocks, type, ['view', 'blocks'])];
}

function submitFaults(view: object, blocks: unknown[], type: 'modal' | 'home'): string[] {
  const asks = blocks.some((block) => isObject(block) && Reflect.get(block, 'type') === 'input');
  if (type === 'home' || !asks || Reflect.get(view, 'submit') !== undefined) return [];
  return [fault('missing required field: submit', ['view'])];
}
