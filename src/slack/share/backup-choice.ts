import type { InputBlock } from '@slack/types';
import type { Backup } from '../../core/backups/backup.ts';
import type { Choice } from '../answers.ts';
import { statusWord } from '../backups/backup-words.ts';
import { LIMITS, option, plain } from '../kit.ts';
import { ago, gib } from '../words.ts';

/** A backup as an entry of a menu, in plain words: name, and below it disk, size and age. */
export function backupChoice(backup: Backup, disks: ReadonlyMap<string, string>, now: Date): Choice {
  const disk =
    backup.diskId === undefined ? undefined : (disks.get(backup.diskId) ?? `disk ${backup.diskId.slice(0, 8)}`);
  const status = backup.status === 'available' ? undefined : `not available: ${statusWord(backup.status)}`;
  const parts = [status, disk, gib(backup.sizeGib), backup.takenAt && ago(backup.takenAt, now)];
  return {
    text: backup.name || backup.id,
    value: backup.id,
    description: parts.filter((part) => part !== undefined).join(' · '),
  };
}

/**
 * Asks for a backup of a project. The block is named after the project: a new name makes Slack forget the choice and the
 * entries of another one.
 */
export function backupInput(about: {
  readonly project: { readonly alias: string; readonly disks: ReadonlyMap<string, string> };
  readonly actionId: string;
  readonly chosen: Backup | undefined;
  readonly now: Date;
}): InputBlock {
  const { project, actionId, now } = about;
  const chosen = about.chosen && backupChoice(about.chosen, project.disks, now);
  return searchedInput({
    blockId: `backup#${project.alias}`,
    label: 'Backup',
    actionId,
    placeholder: 'Search by name, id or disk',
    chosen,
  });
}

/** Asks for one of many by a search; answers at once. */
export function searchedInput(about: {
  readonly blockId: string;
  readonly label: string;
  readonly actionId: string;
  readonly placeholder: string;
  readonly chosen: Choice | undefined;
}): InputBlock {
  const { blockId, label, actionId, placeholder, chosen } = about;
  return {
    type: 'input',
    block_id: blockId,
    dispatch_action: true,
    label: plain(label, LIMITS.inputLabel),
    element: {
      type: 'external_select',
      action_id: actionId,
      min_query_length: 0,
      placeholder: plain(placeholder, LIMITS.placeholder),
      ...(chosen && { initial_option: option(chosen.text, chosen.value, chosen.description) }),
    },
  };
}
