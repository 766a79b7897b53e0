import type { Button, KnownBlock } from '@slack/types';
import type { Policy } from '../../core/policies/policy.ts';
import { activeRunStates, type PolicyRun } from '../../core/policies/policy-run.ts';
import type { Message } from '../kit.ts';
import { actions, button, header, message, oneLine, section } from '../kit.ts';
import { type ListPage, pageButtons, pageTitle } from '../list-page.ts';
import { sentence } from '../sentence.ts';
import { slackDate } from '../words.ts';
import { disksWords, noPolicies, retentionWords, scheduleWords } from './policy-words.ts';
import { runOutcome } from './run-words.ts';

/** A policy with its newest run, as far as the bot has seen one. */
export interface PolicyEntry {
  readonly policy: Policy;
  readonly lastRun: PolicyRun | undefined;
}

export interface PoliciesParts {
  readonly project: string;
  readonly entries: readonly PolicyEntry[];
  readonly page: ListPage;
  /** Whether the reader may run them. */
  readonly mayRun: boolean;
  /** Whether the reader may make new ones. */
  readonly mayManage: boolean;
}

/** Action ids of what can be clicked. */
export interface PoliciesButtons {
  readonly runNow: string;
  readonly turn: string;
  readonly show: string;
  readonly create: string;
}

/** The policies of a project. */
export function policiesView(
  { project, entries, page, mayRun, mayManage }: PoliciesParts,
  ids: PoliciesButtons,
): Message {
  const create = mayManage ? [button({ text: 'New policy', actionId: ids.create, value: project })] : [];
  if (page.total === 0) {
    const { text, blocks } = sentence(noPolicies(project));
    return message(text, [...blocks, ...(create.length > 0 ? [actions(...create)] : [])]);
  }
  const title = pageTitle(`Policies of ${project}`, page);
  const blocks = entries.map((entry): KnownBlock => {
    const value = JSON.stringify({ project, policy: entry.policy.id });
    const label = `Run ${entry.policy.name} now`;
    const run = button({ text: 'Run now', actionId: ids.runNow, value, label });
    return section(policyText(entry), mayRun && isRunnable(entry) ? run : undefined);
  });
  const text = [oneLine(title), ...entries.map(policyText)].join('\n\n');
  const turn = (to: number) => JSON.stringify({ project, page: to });
  return message(text, [
    header(title),
    ...blocks,
    actions(...showButtons(project, entries, ids.show), ...create),
    ...pageButtons(page, { actionId: ids.turn, value: turn }),
  ]);
}

/** A button for each, named after it: the place beside its lines is taken by *Run now*. */
function showButtons(project: string, entries: readonly PolicyEntry[], actionId: string): Button[] {
  return entries.map(({ policy }, index) =>
    button({
      text: policy.name,
      actionId: `${actionId}#${index}`,
      value: JSON.stringify({ project, policy: policy.id }),
      label: `Show ${policy.name}`,
    }),
  );
}

function policyText({ policy, lastRun }: PolicyEntry): string {
  const state = policy.enabled ? 'on' : 'off';
  const last = lastRun === undefined ? 'none seen yet' : `${runOutcome(lastRun)}, ${slackDate(lastRun.startedAt)}`;
  return [
    `${oneLine(policy.name)} · ${state} · ${disksWords(policy)}`,
    `Schedule: ${scheduleWords(policy)} · ${retentionWords(policy)}`,
    `Last run: ${last}`,
  ].join('\n');
}

/** Whether a run of it could be begun by a person now. */
export function isRunnable({ policy, lastRun }: PolicyEntry): boolean {
  const running = activeRunStates.some((state) => state === lastRun?.state);
  return policy.disks > 0 && !(running && lastRun?.origin === 'person');
}
