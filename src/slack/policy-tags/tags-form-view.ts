import type { ModalView } from '@slack/types';
import type { TagAction } from '../../core/policies/policy.ts';
import { LIMITS, oneLine, option, plain, section } from '../kit.ts';
import { tagsInput } from './tags-input.ts';

export const ACTION_BLOCK = 'action';
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
      ...tagsInput({ text: about.text, hint: 'One a line, as key=value. To remove some, their keys will do.' }),
    ],
  };
}
