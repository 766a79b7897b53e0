import type { KnownBlock, ModalView } from '@slack/types';
import type { TaggedPolicy, TagValues } from '../../core/policies/policy.ts';
import { button, context, divider, LIMITS, oneLine, plain, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { tagWords } from '../policies/policy-details-view.ts';
import { count, list, plural } from '../words.ts';
import { TAGS_TITLE } from './policy-tags-view.ts';

export const WANTED_BLOCK = 'wanted';

/** More are counted, not shown. */
const SHOWN = 25;

export interface FoundPolicies {
  readonly wanted: readonly TagValues[];
  readonly total: number;
  readonly policies: readonly TaggedPolicy[];
}

/** All tags of a project's policies, and the policies that were found by some. */
export function allTagsView(
  about: {
    readonly project: string;
    readonly tags: readonly TagValues[];
    readonly found: FoundPolicies | undefined;
  },
  form: { readonly callbackId: string; readonly metadata: string; readonly show: string },
): ModalView {
  const { project, tags, found } = about;
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: plain(TAGS_TITLE, LIMITS.viewTitle),
    submit: plain('Find policies', LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(`*Tags of the policies of ${oneLine(project)}*`),
      ...(tags.length === 0
        ? [section('There are none yet. A policy’s *Tags…* adds some.')]
        : lineSections(lines(tags))),
      {
        type: 'input',
        block_id: WANTED_BLOCK,
        label: plain('Find policies by tag', LIMITS.inputLabel),
        hint: plain(
          'One key a line: key=value, several values parted by commas, or the key alone for any value. A policy is found if it has all of them.',
          LIMITS.inputLabel,
        ),
        element: { type: 'plain_text_input', action_id: WANTED_BLOCK, multiline: true },
      },
      ...(found === undefined ? [] : [divider(), ...foundBlocks(project, found, form.show)]),
    ],
  };
}

function lines(tags: readonly TagValues[]): readonly string[] {
  return tags.map(valuesWords).map((words) => `• ${words}`);
}

/** A key with its values, in safe mrkdwn: `stage: production, test`. */
function valuesWords({ key, values }: TagValues): string {
  const shown = values.slice(0, SHOWN).map((value) => oneLine(value) || 'no value');
  const left = values.length - shown.length;
  return `${oneLine(key)}: ${[...shown, ...(left > 0 ? [`${count(left)} more`] : [])].join(', ')}`;
}

function foundBlocks(project: string, { wanted, total, policies }: FoundPolicies, show: string): KnownBlock[] {
  const what = list(wanted.map(wantedWords));
  if (policies.length === 0) return [section(`No policy of ${oneLine(project)} has ${what}.`)];
  const left = total - Math.min(policies.length, SHOWN);
  return [
    section(`*${plural(total, 'policy')} of ${oneLine(project)} ${total === 1 ? 'has' : 'have'} ${what}*`),
    ...policies.slice(0, SHOWN).map(({ id, name = id, tags }) => {
      const value = JSON.stringify({ project, policy: id });
      const button_ = button({ text: 'Show', actionId: show, value, label: `Show ${name}` });
      return section(`${oneLine(name)}\n${tags.map(tagWords).join(' · ')}`, button_);
    }),
    ...(left > 0 ? [context(`${count(left)} more are not shown: look for more tags at once.`)] : []),
  ];
}

function wantedWords({ key, values }: TagValues): string {
  if (values.length === 0) return oneLine(key);
  return `${oneLine(key)}=${list(
    values.map((value) => oneLine(value)),
    'or',
  )}`;
}
