import type { ModalView } from '@slack/types';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import type { TagAction } from '../../core/policies/policy.ts';
import { context, LIMITS, oneLine, option, plain, section } from '../kit.ts';

export const ACTION_BLOCK = 'action';
export const TAGS_BLOCK = 'tags';
export const TAGS_FORM_TITLE = 'Change tags';

/** Asks for tags to be added, changed or removed, several at once. */
export function tagsFormView(
  about: {
    readonly project: string;
    readonly policyName: string;
    readonly action: TagAction;
    /** What stands in the field at first. */
    readonly text: string;
  },
  form: { readonly callbackId: string; readonly metadata: string },
): ModalView {
  const ways = [option('Add', 'create'), option('Change', 'update'), option('Remove', 'delete')];
  const chosen = ways.find(({ value }) => value === about.action);
  const { tagKey, tagValue, tags } = CHANGE_LIMITS;
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: plain(TAGS_FORM_TITLE, LIMITS.viewTitle),
    submit: plain('Save', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`*${oneLine(about.policyName)}* (${oneLine(about.project)})`),
      {
        type: 'input',
        block_id: ACTION_BLOCK,
        label: plain('What to do', LIMITS.inputLabel),
        element: {
          type: 'radio_buttons',
          action_id: ACTION_BLOCK,
          options: ways,
          ...(chosen && { initial_option: chosen }),
        },
      },
      {
        type: 'input',
        block_id: TAGS_BLOCK,
        label: plain('Tags', LIMITS.inputLabel),
        hint: plain('One a line, as key=value. To remove some, their keys will do.', LIMITS.inputLabel),
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
    ],
  };
}
