import type { KnownBlock, ModalView } from '@slack/types';
import type { Policy } from '../../core/policies/policy.ts';
import { context, LIMITS, oneLine, option, plain, section } from '../kit.ts';
import { PROJECT_BLOCK, projectSelect } from '../project-picker-view.ts';
import { count, marked, scheduleInWords } from '../words.ts';
import { disksWords, noPolicies } from './policy-words.ts';

export const POLICY_BLOCK = 'policy';

/** What the form holds: the projects to choose from, and once one is chosen, its policies. */
export interface ChoosePolicyParts {
  readonly aliases: readonly string[];
  readonly project: string | undefined;
  /** `reading`: the cloud is being asked for them. */
  readonly policies: readonly Policy[] | 'reading' | undefined;
}

/** What the choice is for. */
export interface ChoosePolicyForm {
  readonly callbackId: string;
  readonly projectAction: string;
  readonly title: string;
  /** The command that takes a policy by its name, such as `/vbs run`. */
  readonly command: string;
}

/** Asks for a policy. */
export function choosePolicyView(parts: ChoosePolicyParts, form: ChoosePolicyForm): ModalView {
  return {
    type: 'modal',
    callback_id: form.callbackId,
    title: plain(form.title, LIMITS.viewTitle),
    submit: plain('Continue', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      {
        type: 'input',
        block_id: PROJECT_BLOCK,
        dispatch_action: true,
        label: plain('Project', LIMITS.inputLabel),
        element: projectSelect(parts.aliases, form.projectAction, parts.project),
      },
      ...policyBlocks(parts, form.command),
    ],
  };
}

function policyBlocks({ project, policies }: ChoosePolicyParts, command: string): KnownBlock[] {
  if (project === undefined || policies === undefined) return [context('Its policies are shown next.')];
  if (policies === 'reading') return [context(marked('working', `Reading the policies of ${oneLine(project)}…`))];
  if (policies.length === 0) return [section(noPolicies(project))];
  const shown = policies.slice(0, LIMITS.options);
  const left = policies.length - shown.length;
  const select: KnownBlock = {
    type: 'input',
    block_id: `${POLICY_BLOCK}#${project}`,
    label: plain('Policy', LIMITS.inputLabel),
    element: {
      type: 'static_select',
      action_id: POLICY_BLOCK,
      placeholder: plain('Choose a policy', LIMITS.placeholder),
      options: shown.map((policy) => option(policy.name, policy.id, `${disksWords(policy)}, ${scheduled(policy)}`)),
    },
  };
  if (left === 0) return [select];
  const example = `\`${command} ${oneLine(project)} name\``;
  return [select, context(`${count(left)} more are not listed here: name one of them, as in ${example}.`)];
}

function scheduled(policy: Policy): string {
  return scheduleInWords({ ...policy.schedule, enabled: policy.enabled });
}
