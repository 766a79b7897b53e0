import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Tag } from '../../core/backups/backup.ts';
import type { Failure } from '../../core/failure.ts';
import type { Policy } from '../../core/policies/policy.ts';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { failureSentence } from '../failure-words.ts';
import { actions, button, context, facts, LIMITS, oneLine, plain, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { list, slackDate } from '../words.ts';
import { knownDiskLines, knownDisksWords } from './known-disks-words.ts';
import { nextRunsWords, type SeenRuns } from './next-runs-words.ts';
import { isRunnable } from './policies-view.ts';
import { disksWords, retentionWords, scheduleWords } from './policy-words.ts';
import { runOutcome } from './run-words.ts';

export const POLICY_TITLE = 'Backup policy';

export interface PolicyDetails {
  readonly project: string;
  readonly policy: Policy;
  readonly lastRun: PolicyRun | undefined;
  readonly seen: SeenRuns;
  /** Or why they cannot be read now. */
  readonly tags: readonly Tag[] | Failure;
  /** Ids of the disks that are known to be in it. */
  readonly diskIds: readonly string[];
  readonly names: DiskNames;
  readonly mayManage: boolean;
  readonly mayRun: boolean;
}

/** Action ids of the buttons below a policy. */
export interface PolicyButtons {
  readonly edit: string;
  readonly turn: string;
  readonly addDisks: string;
  readonly removeDisks: string;
  readonly tags: string;
  readonly remove: string;
  readonly run: string;
}

/** Everything there is to know of a policy, and what can be done with it. */
export function policyDetailsView(about: PolicyDetails, ids: PolicyButtons): ModalView {
  const { project, policy, lastRun, tags, diskIds, names } = about;
  const state = policy.enabled ? 'on' : 'off';
  const known = knownDiskLines(diskIds, names);
  const disksNote = knownDisksWords(policy, diskIds.length);
  return {
    type: 'modal',
    title: plain(POLICY_TITLE, LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(`*${oneLine(policy.name)}* (${oneLine(project)}) · ${state} · ${disksWords(policy)}`),
      section(
        [
          `*Runs*  ${scheduleWords(policy)}`,
          `*Next*  ${nextRunsWords(policy, about.seen)}`,
          `*Retention*  ${retentionWords(policy)}`,
        ].join('\n'),
      ),
      facts([
        [
          'Last run',
          lastRun === undefined ? 'none seen yet' : `${runOutcome(lastRun)}, ${slackDate(lastRun.startedAt)}`,
        ],
        ['Tags', tagsFact(tags)],
      ]),
      ...(known.length === 0 ? [] : lineSections(['*Disks*', ...known.map((name) => `• ${name}`)])),
      ...(disksNote === undefined ? [] : [context(disksNote)]),
      ...buttons(about, ids),
    ],
  };
}

function tagsFact(tags: readonly Tag[] | Failure): string {
  if ('kind' in tags) return `cannot be read now: ${failureSentence(tags)}`;
  if (tags.length === 0) return 'none';
  return list(tags.map(tagWords));
}

/** A tag as people write it, in safe mrkdwn. */
export function tagWords({ key, value }: Tag): string {
  return oneLine(`${key}=${value}`);
}

function buttons(about: PolicyDetails, ids: PolicyButtons): KnownBlock[] {
  const { project, policy, mayManage, mayRun, lastRun } = about;
  const value = JSON.stringify({ project, policy: policy.id });
  const of = (text: string, actionId: string, style?: 'danger'): Button =>
    button({ text, actionId, value, ...(style && { style }) });
  const run = mayRun && isRunnable({ policy, lastRun }) ? [of('Run now', ids.run)] : [];
  if (!mayManage) return [actions(...run, of('Tags…', ids.tags))];
  const turn = { project, policy: policy.id, enabled: !policy.enabled };
  return [
    actions(
      ...run,
      of('Edit…', ids.edit),
      button({ text: policy.enabled ? 'Disable' : 'Enable', actionId: ids.turn, value: JSON.stringify(turn) }),
      of('Add disks…', ids.addDisks),
      ...(policy.disks > 0 ? [of('Remove disks…', ids.removeDisks)] : []),
      of('Tags…', ids.tags),
      of('Delete…', ids.remove, 'danger'),
    ),
  ];
}
