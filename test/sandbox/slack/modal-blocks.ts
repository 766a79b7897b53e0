/** Blocks from which tests make modals. */
export const plain = (text: string) => ({ type: 'plain_text', text });
export const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
export const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element: { action_id: 'in', ...element },
  ...more,
});
export const modal = (title: string, blocks: object[], more: object = {}) => ({
  type: 'modal',
  title: plain(title),
  submit: plain('Send'),
  blocks,
  ...more,
});
