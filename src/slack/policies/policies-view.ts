import type { KnownBlock } from '@slack/types';
import type { Policy } from '../../core/policies/policy.ts';
import { activeRunStates, type PolicyRun } from '../../core/policies/policy-run.ts';
import type { Message } from '../kit.ts';
import { button, header, message, oneLine, section } from '../kit.ts';
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
}

/** The policies of a project. */
export function policiesView(
  { project, entries, page, mayRun }: PoliciesParts,
  ids: { readonly runNow: string; readonly turn: string },
): Message {
  if (page.total === 0) return sentence(noPolicies(project));
  const title = pageTitle(`Policies of ${project}`, page);
  const blocks = entries.map((entry): KnownBlock => {
    const value = JSON.stringify({ project, policy: entry.policy.id });
    const label = `Run ${entry.policy.name} now`;
    const run = button({ text: 'Run now', actionId: ids.runNow, value, label });
    return section(policyText(entry), mayRun && isRunnable(entry) ? run : undefined);
  });
  const text = [oneLine(title), ...entries.map(policyText)].join('\n\n');
  const turn = (to: number) => JSON.stringify({ project, page: to });
  return message(text, [header(title), ...blocks, ...pageButtons(page, { actionId: ids.turn, value: turn })]);
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

function isRunnable({ policy, lastRun }: PolicyEntry): boolean {
  const running = activeRunStates.some((state) => state === lastRun?.state);
  return policy.disks > 0 && !(running && lastRun?.origin === 'person');
}
