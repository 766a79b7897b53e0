import { z } from 'zod';
import { checkMenu, checkSelectable, confirm, conversationFilter, optionGroup, plainOption } from './composition.ts';
import { chars, identifier, plain } from './text.ts';

const menu = {
  action_id: identifier.optional(),
  placeholder: plain(150).optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const multi = { ...menu, max_selected_items: z.int().min(1).optional() };
const lists = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};
const id = chars(255);
const ids = z.array(id).min(1);
const responds = { response_url_enabled: z.boolean().optional() };
const external = { min_query_length: z.int().min(0).optional() };

export const selects = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...menu,
      ...lists,
      initial_option: plainOption.optional(),
    })
    .superRefine(checkMenu),
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    ...external,
    initial_option: plainOption.optional(),
  }),
  z.strictObject({
    type: z.literal('users_select'),
    ...menu,
    initial_user: id.optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...menu,
    ...conversations,
    ...responds,
    initial_conversation: id.optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    ...responds,
    initial_channel: id.optional(),
  }),
] as const;

export const multiSelects = [
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...multi,
      ...lists,
      initial_options: z.array(plainOption).min(1).max(100).optional(),
    })
    .superRefine(checkMenu),
  z
    .strictObject({
      type: z.literal('multi_external_select'),
      ...multi,
      ...external,
      initial_options: z.array(plainOption).min(1).max(100).optional(),
    })
    .superRefine(checkSelectable),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...multi,
    initial_users: ids.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...multi,
    ...conversations,
    initial_conversations: ids.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...multi,
    initial_channels: ids.optional(),
  }),
] as const;
