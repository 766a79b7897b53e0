import type { KnownBlock, ModalView } from '@slack/types';
import type { Policy } from '../../core/policies/policy.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { context, LIMITS, oneLine, plain, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { marked, plural } from '../words.ts';
import { knownDiskLines, knownDisksWords } from './known-disks-words.ts';

export const DELETE_TITLE = 'Delete a policy';
export const NAME_BLOCK = 'name';

/** Asks whether to delete a policy, says what loses protection, and has its name typed. */
export function deletePolicyView(
  about: {
    readonly project: string;
    readonly policy: Policy;
    readonly diskIds: readonly string[];
    readonly names: DiskNames;
  },
  form: { readonly callbackId: string; readonly metadata: string },
): ModalView {
  const { project, policy } = about;
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: plain(DELETE_TITLE, LIMITS.viewTitle),
    submit: plain('Delete', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`Delete *${oneLine(policy.name)}* (${oneLine(project)})?`),
      ...lost(about),
      section('Its backups stay. The policy itself cannot be brought back, only made anew.'),
      {
        type: 'input',
        block_id: NAME_BLOCK,
        label: plain(`Type ${policy.name} to confirm`, LIMITS.inputLabel),
        element: { type: 'plain_text_input', action_id: NAME_BLOCK },
      },
    ],
  };
}

function lost({
  policy,
  diskIds,
  names,
}: {
  readonly policy: Policy;
  readonly diskIds: readonly string[];
  readonly names: DiskNames;
}): KnownBlock[] {
  if (policy.disks === 0 && diskIds.length === 0) return [section('It has no disks, so nothing loses its protection.')];
  const lines = knownDiskLines(diskIds, names).map((name) => `• ${name}`);
  const one = policy.disks === 1;
  const what = `${plural(policy.disks, 'disk')} ${one ? 'is' : 'are'} no longer backed up by a policy`;
  const note = knownDisksWords(policy, diskIds.length);
  return [
    ...lineSections([marked('attention', `${what}${lines.length > 0 ? ':' : '.'}`), ...lines]),
    ...(note === undefined ? [] : [context(note)]),
  ];
}
