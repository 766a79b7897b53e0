import type { KnownBlock } from '@slack/types';
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
  const blocks = entries.flatMap((entry): KnownBlock[] => {
    const value = JSON.stringify({ project, policy: entry.policy.id });
    const { name } = entry.policy;
    const run = button({ text: 'Run now', actionId: ids.runNow, value, label: `Run ${name} now` });
    const show = button({ text: 'Show details', actionId: ids.show, value, label: `Show details of ${name}` });
    const words = policyText(entry, `*${oneLine(name)}*`);
    return [section(words), actions(...(mayRun && isRunnable(entry) ? [run] : []), show)];
  });
  const text = [oneLine(title), ...entries.map((entry) => policyText(entry, oneLine(entry.policy.name)))].join('\n\n');
  const turn = (to: number) => JSON.stringify({ project, page: to });
  return message(text, [
    header(title),
    ...blocks,
    ...(create.length > 0 ? [actions(...create)] : []),
    ...pageButtons(page, { actionId: ids.turn, value: turn }),
  ]);
}

function policyText({ policy, lastRun }: PolicyEntry, name: string): string {
  const state = policy.enabled ? 'on' : 'off';
  const last = lastRun === undefined ? 'none seen yet' : `${runOutcome(lastRun)}, ${slackDate(lastRun.startedAt)}`;
  return [
    `${name} · ${state} · ${disksWords(policy)}`,
    `Schedule: ${scheduleWords(policy)} · ${retentionWords(policy)}`,
    `Last run: ${last}`,
  ].join('\n');
}

/** Whether a run of it could be begun by a person now. */
export function isRunnable({ policy, lastRun }: PolicyEntry): boolean {
  const running = activeRunStates.some((state) => state === lastRun?.state);
  return policy.disks > 0 && !(running && lastRun?.origin === 'person');
}
