import type { ModalView } from '@slack/types';
import type { Policy } from '../../core/policies/policy.ts';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import { facts, LIMITS, oneLine, plain, section } from '../kit.ts';
import { noticeView } from '../notice-view.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { count, marked, plural, slackDate } from '../words.ts';
import { retentionWords, scheduleWords } from './policy-words.ts';
import { policyWords, runOutcome } from './run-words.ts';

export const RUN_TITLE = 'Run a policy';

/** Whether it may be run twice at a time is the cloud's to say. */
const GOING_ON = 'A run by the schedule is going on already. The cloud may refuse another one until it has ended.';

export interface ConfirmParts {
  readonly project: string;
  readonly policy: Policy;
  readonly lastRun: PolicyRun | undefined;
  /** The channel in which the card of the run will be. */
  readonly channel: string;
  /** The link of the last run's card, if it is known. */
  readonly lastCard?: string | undefined;
}

/** Asks whether to run a policy now, and says what will happen. */
export function confirmRunView(
  { project, policy, lastRun, channel, lastCard }: ConfirmParts,
  form: { readonly callbackId: string; readonly metadata: string },
): ModalView {
  const disks = plural(policy.disks, 'disk');
  const name = policyWords({ policyName: policy.name, project });
  const scheduled = lastRun?.origin === 'schedule' && lastRun.state === 'running';
  const goingOn = lastCard === undefined ? GOING_ON : `${GOING_ON} <${lastCard}|Show its card>`;
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: plain(RUN_TITLE, LIMITS.viewTitle),
    submit: plain('Run now', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`Run ${name} now: ${disks}`),
      facts([
        ['Disks', count(policy.disks)],
        ['Schedule', scheduleWords(policy)],
        ['Retention', retentionWords(policy)],
        ['Last run', lastRun && `${runOutcome(lastRun)}, ${slackDate(lastRun.startedAt)}`],
      ]),
      section(
        `The cloud makes a new backup of ${policy.disks === 1 ? 'the disk' : `each of the ${disks}`}. ` +
          `A card in <#${channel}> follows it, disk by disk. The schedule stays as it is.`,
      ),
      ...(scheduled ? [section(marked('attention', goingOn))] : []),
    ],
  };
}

/** A policy without disks: there is nothing to run. */
export function nothingToRunView(of: { readonly project: string; readonly policy: Policy }): ModalView {
  const name = policyWords({ policyName: of.policy.name, project: of.project });
  const command = `\`/vbs policy ${oneLine(of.project)} ${oneLine(of.policy.name)}\``;
  const text = `${name} has no disks, so there is nothing to back up. Have an admin add some first: ${command}.`;
  return noticeView(sentence(marked('attention', text)), RUN_TITLE);
}

/** A run of the policy is going on; `link` is its card's, if it can be told. */
export function alreadyRunningView(
  run: PolicyRun,
  where: { readonly link: string | undefined; readonly channel: string },
): ModalView {
  const card = where.link === undefined ? `Its card is in <#${where.channel}>.` : `<${where.link}|Show its card>`;
  const by = run.startedBy === undefined ? '' : ` by ${mention(run.startedBy)}`;
  const text = `${policyWords(run)} is being run already: begun${by}, ${slackDate(run.startedAt)}.`;
  return noticeView(sentence(marked('attention', `${text}\n${runOutcome(run)}\n${card}`)), RUN_TITLE);
}

/** The run is filed; the card says what comes of it. */
export function requestedView(of: { readonly policyName: string; readonly project: string; readonly channel: string }) {
  const text = `${policyWords(of)} is being started. The card in <#${oneLine(of.channel)}> follows it, disk by disk.`;
  return noticeView(sentence(marked('working', text)), RUN_TITLE);
}
