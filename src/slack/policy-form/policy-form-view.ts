import type { KnownBlock, ModalView } from '@slack/types';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import { context, divider, LIMITS, oneLine, plain, section } from '../kit.ts';
import { nextRunsWords, partHourWords, type SeenRuns } from '../policies/next-runs-words.ts';
import { retentionWords, scheduleWords } from '../policies/policy-words.ts';
import { tagsInput } from '../policy-tags/tags-input.ts';
import { count, marked } from '../words.ts';
import { type PolicyDraft, planOf } from './policy-draft.ts';
import { alsoInput, dayInputs, keepInputs, nameInput, timeInputs } from './policy-form-inputs.ts';

export interface PolicyForm {
  readonly project: string;
  /** The name of the policy that is changed; undefined for a new one. */
  readonly policy: string | undefined;
  readonly draft: PolicyDraft;
  readonly seen: SeenRuns;
  /** How many backups may be kept at most. */
  readonly keepMost: number;
  /** How many policies the project has. */
  readonly policies: number;
}

const MOST_POLICIES = 10;

/** The form of a policy, which says in words what was chosen so far. */
export function policyFormView(
  form: PolicyForm,
  ids: { readonly form: string; readonly draw: string; readonly metadata: string },
): ModalView {
  const { project, policy, draft } = form;
  const title = policy === undefined ? 'New policy' : 'Edit a policy';
  return {
    type: 'modal',
    callback_id: ids.form,
    private_metadata: ids.metadata,
    title: plain(title, LIMITS.viewTitle),
    submit: plain(policy === undefined ? 'Create' : 'Save', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(policy === undefined ? `A new backup policy in ${oneLine(project)}` : policyWords(policy, project)),
      ...(policy === undefined ? fullWords(form) : []),
      ...(isDefault(policy) ? [context(DEFAULT_NAME)] : [nameInput(draft.name)]),
      ...dayInputs(draft, ids.draw),
      ...timeInputs(draft, ids.draw),
      ...keepInputs(draft, { action: ids.draw, most: form.keepMost }),
      alsoInput(draft, ids.draw),
      ...(policy === undefined ? tagsInput({ text: draft.tags, hint: TAGS_HINT, optional: true }) : []),
      divider(),
      ...explained(form),
    ],
  };
}

const TAGS_HINT = 'One a line, as key=value.';
const DEFAULT_NAME = 'This is the cloud’s default policy: its name cannot be changed.';

/** Whether the cloud made it: of other policies, no name begins so. */
export function isDefault(name: string | undefined): boolean {
  return name?.startsWith('default') ?? false;
}

function policyWords(policy: string, project: string): string {
  return `*${oneLine(policy)}* (${oneLine(project)})`;
}

function fullWords({ project, policies }: PolicyForm): KnownBlock[] {
  if (policies < MOST_POLICIES) return [];
  const has = `${oneLine(project)} has ${count(policies)} policies, and the cloud takes ${MOST_POLICIES} in a project.`;
  return [section(marked('attention', `${has} Delete one first, or this one is refused.`))];
}

/** What was chosen, in words. */
function explained({ draft, seen, keepMost }: PolicyForm): KnownBlock[] {
  const plan = planOf(draft);
  const noDay = draft.frequency === 'week' && draft.weekDays.length === 0;
  const runs = noDay ? 'on no day yet: choose at least one' : scheduleWords(plan);
  const most = draft.keep === 'days' ? CHANGE_LIMITS.keepDays : keepMost;
  const { keepCount } = draft;
  const fits = Number.isInteger(keepCount) && keepCount >= CHANGE_LIMITS.keepLeast && keepCount <= most;
  const partHour = partHourWords(draft.timeZone);
  return [
    section(
      [
        `*Runs*  ${runs}`,
        `*Next*  ${nextRunsWords(plan, seen)}`,
        `*Keeps*  ${fits ? keptWords(plan) : `not said yet: a whole number from ${CHANGE_LIMITS.keepLeast} to ${count(most)}`}`,
      ].join('\n'),
    ),
    ...(partHour === undefined ? [] : [context(partHour)]),
  ];
}

function keptWords(plan: ReturnType<typeof planOf>): string {
  return retentionWords(plan).replace(/^keeps /, '');
}
