import type { KnownBlock } from '@slack/types';
import { TARGETS_MAX } from '../../core/sharing/request-share.ts';
import { LIMITS, option, plain, section } from '../kit.ts';
import { optionLists } from '../option-lists.ts';
import { marked } from '../words.ts';

export interface Receivers {
  /** Aliases of the projects that may receive it. */
  readonly targets: readonly string[];
  /** The alias of the project that it comes from. */
  readonly source: string;
  readonly allowUnknown: boolean;
}

/** Asks which projects are to get the backup: known ones by name and, where the source allows it, any by its id. */
export function receiverInputs(about: Receivers): KnownBlock[] {
  const { targets, allowUnknown } = about;
  if (targets.length === 0 && !allowUnknown) {
    return [section(marked('attention', 'There is no other project to share with: the settings name none.'))];
  }
  return [...(targets.length > 0 ? [knownInput(about)] : []), ...(allowUnknown ? [idsInput(targets.length > 0)] : [])];
}

function knownInput({ targets, source, allowUnknown }: Receivers): KnownBlock {
  return {
    type: 'input',
    block_id: `targets#${source}`,
    optional: allowUnknown,
    label: plain('Share with', LIMITS.inputLabel),
    element: {
      type: 'multi_static_select',
      action_id: 'targets',
      placeholder: plain('Choose projects', LIMITS.placeholder),
      max_selected_items: TARGETS_MAX,
      ...optionLists(targets.map((alias) => option(alias, alias))),
    },
  };
}

function idsInput(besides: boolean): KnownBlock {
  return {
    type: 'input',
    block_id: 'ids',
    optional: besides,
    label: plain(besides ? 'Other projects, by id' : 'Share with, by project id', LIMITS.inputLabel),
    hint: plain('32 hex digits each; several are parted by spaces or commas.', LIMITS.inputLabel),
    element: { type: 'plain_text_input', action_id: 'ids', max_length: 1_000 },
  };
}
