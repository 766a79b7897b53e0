import type { InputBlock, ModalView, StaticSelect } from '@slack/types';
import { LIMITS, option, plain, section } from './kit.ts';
import { optionLists } from './option-lists.ts';

/** The block of the picker in which the project is chosen. */
export const PROJECT_BLOCK = 'project';

/** Asks for the project that a command left out. `title` is at most 24 characters, `callbackId` and `metadata` ours. */
export function projectPickerView(about: {
  readonly title: string;
  readonly callbackId: string;
  readonly metadata: string;
  readonly aliases: readonly string[];
}): ModalView {
  return {
    type: 'modal',
    callback_id: about.callbackId,
    private_metadata: about.metadata,
    title: plain(about.title, LIMITS.viewTitle),
    submit: plain('Show', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section('Which project is it about? Next time, its name can follow the command.'),
      {
        type: 'input',
        block_id: PROJECT_BLOCK,
        label: plain('Project', LIMITS.inputLabel),
        element: projectSelect(about.aliases, PROJECT_BLOCK),
      },
    ],
  };
}

/** Asks for the project of a form, which then shows what belongs to it. */
export function projectInput(aliases: readonly string[], actionId: string, chosen: string | undefined): InputBlock {
  return {
    type: 'input',
    block_id: PROJECT_BLOCK,
    dispatch_action: true,
    label: plain('Project', LIMITS.inputLabel),
    element: projectSelect(aliases, actionId, chosen),
  };
}

/** A menu of projects, in the given order, in which people find one by typing. */
export function projectSelect(aliases: readonly string[], actionId: string, chosen?: string): StaticSelect {
  const options = aliases.map((alias) => option(alias, alias));
  const initial = options.find((one) => one.value === chosen);
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain('Choose a project', LIMITS.placeholder),
    ...optionLists(options),
    ...(initial && { initial_option: initial }),
  };
}
