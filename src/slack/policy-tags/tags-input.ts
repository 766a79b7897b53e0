import type { KnownBlock } from '@slack/types';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import { context, LIMITS, plain } from '../kit.ts';

export const TAGS_BLOCK = 'tags';

/** Asks for tags, one a line, and says which ones the cloud takes. */
export function tagsInput(about: {
  /** What stands in the field at first. */
  readonly text: string;
  readonly hint: string;
  readonly optional?: boolean;
}): KnownBlock[] {
  const { tagKey, tagValue, tags } = CHANGE_LIMITS;
  return [
    {
      type: 'input',
      block_id: TAGS_BLOCK,
      ...(about.optional && { optional: true }),
      label: plain('Tags', LIMITS.inputLabel),
      hint: plain(about.hint, LIMITS.inputLabel),
      element: {
        type: 'plain_text_input',
        action_id: TAGS_BLOCK,
        multiline: true,
        ...(about.text !== '' && { initial_value: about.text }),
      },
    },
    context(
      `Keys of 1 to ${tagKey}, values of up to ${tagValue} letters, digits, “-” and “_”. At most ${tags} tags a policy.`,
    ),
  ];
}
