import type { KnownBlock, ModalView } from '@slack/types';
import type { Tag } from '../../core/backups/backup.ts';
import { actions, button, LIMITS, oneLine, plain, section } from '../kit.ts';
import { tagWords } from '../policies/policy-details-view.ts';
import { plural } from '../words.ts';

export const TAGS_TITLE = 'Tags';

export interface PolicyTags {
  readonly project: string;
  readonly policy: { readonly id: string; readonly name: string };
  readonly tags: readonly Tag[];
  readonly mayManage: boolean;
}

/** Action ids of what can be clicked. */
export interface TagsButtons {
  readonly edit: string;
  readonly remove: string;
  readonly show: string;
}

/** The tags of a policy, and what can be done with them. */
export function policyTagsView({ project, policy, tags, mayManage }: PolicyTags, ids: TagsButtons): ModalView {
  const ref = { project, policy: policy.id };
  const several = mayManage
    ? [button({ text: 'Add or change several…', actionId: ids.edit, value: JSON.stringify(ref) })]
    : [];
  return {
    type: 'modal',
    title: plain(TAGS_TITLE, LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(
        `*${oneLine(policy.name)}* (${oneLine(project)}) · ${tags.length === 0 ? 'no tags' : plural(tags.length, 'tag')}`,
      ),
      ...tags.flatMap((tag, index) => [
        section(tagWords(tag)),
        ...(mayManage ? [tagButtons(tag, { ref, index, ids })] : []),
      ]),
      actions(...several, button({ text: 'Show the policy', actionId: ids.show, value: JSON.stringify(ref) })),
    ],
  };
}

function tagButtons(
  { key }: Tag,
  about: { readonly ref: object; readonly index: number; readonly ids: TagsButtons },
): KnownBlock {
  const { ref, index, ids } = about;
  return actions(
    button({
      text: 'Change…',
      actionId: `${ids.edit}#${index}`,
      value: JSON.stringify({ ...ref, key }),
      label: `Change ${key}`,
    }),
    button({
      text: 'Remove',
      actionId: `${ids.remove}#${index}`,
      value: JSON.stringify({ ...ref, key }),
      label: `Remove ${key}`,
    }),
  );
}
