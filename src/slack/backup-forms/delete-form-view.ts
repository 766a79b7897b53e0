import type { KnownBlock, ModalView } from '@slack/types';
import { factsOf } from '../../core/backups/backup.ts';
import { isDeletable } from '../../core/changes/procedures/delete-backup.ts';
import { projectWords, statusWord } from '../backups/backup-words.ts';
import type { BackupDetails } from '../backups/read-backup.ts';
import { failureSentence } from '../failure-words.ts';
import { actions, button, context, facts, oneLine, section } from '../kit.ts';
import { backupInput } from '../share/backup-choice.ts';
import { backupWords, diskWords } from '../share/share-words.ts';
import { count, list, marked, slackDate } from '../words.ts';
import { confirmInput, decisionWords, formView, reasonInput } from './form-blocks.ts';
import type { DrawnForm, FormIds } from './form-kind.ts';

/** More projects than these are counted, not named. */
const NAMED = 10;

/** The form in which a backup is deleted; where it cannot be now, it says why and what to do. */
export function deleteFormView(form: DrawnForm, ids: FormIds, stopSharings: string): ModalView {
  const { backup, details, now } = form;
  const obstacle = details && obstacleOf(details);
  return formView(form, ids, {
    title: 'Delete a backup',
    submit: obstacle === undefined ? 'Ask for approval' : 'Look again',
    blocks: (project) => [
      backupInput({ project, actionId: ids.backup, chosen: backup, now }),
      ...(details === undefined ? [] : [chosenFacts(details)]),
      ...(obstacle === undefined ? [] : [section(obstacle)]),
      ...(details && obstacle !== undefined ? stopRow(details, stopSharings) : []),
      ...(details && obstacle === undefined ? asking(details) : []),
      context(decisionWords(project, 'Nothing is deleted')),
    ],
  });
}

function chosenFacts({ backup, disks }: BackupDetails): KnownBlock {
  return facts([
    ['Backup', backupWords(backup, backup.id)],
    ['Disk', diskWords(factsOf(backup), disks)],
    ['Taken', backup.takenAt && slackDate(backup.takenAt)],
  ]);
}

/** Why a backup cannot be deleted now, in safe mrkdwn; undefined where it can. */
function obstacleOf({ backup, sharings, project }: BackupDetails): string | undefined {
  if (sharings.length > 0) {
    const names = [...new Set(sharings.map(({ to }) => projectWords(to)))];
    const left = names.length - NAMED;
    const with_ = list(left > 0 ? [...names.slice(0, NAMED), `${count(left)} more`] : names);
    const then = `Stop sharing it first: owners of ${oneLine(project)} can, here or with \`/vbs shares ${oneLine(project)} out\`.`;
    return marked('refused', `It is shared with ${with_}, which would lose it. ${then}`);
  }
  if (backup.hasDependents) return marked('refused', failureSentence({ kind: 'backup_needed' }));
  if (isDeletable(backup)) return undefined;
  const status = statusWord(backup.status);
  return marked('refused', `It is in use: its status is “${status}”. It can be deleted once that has ended.`);
}

function stopRow({ backup, project, sharings, mayStop }: BackupDetails, actionId: string): readonly KnownBlock[] {
  if (!mayStop || sharings.length === 0) return [];
  const value = JSON.stringify({ project, backupId: backup.id });
  return [actions(button({ text: 'Stop sharing…', actionId, value, style: 'danger' }))];
}

function asking(details: BackupDetails): readonly KnownBlock[] {
  const { backup, sharingsFailure } = details;
  const unsure = sharingsFailure && `Whether it is shared cannot be read now. ${failureSentence(sharingsFailure)}`;
  const what = backup.name ? 'backup’s name' : 'backup’s id';
  return [
    section(marked('attention', 'A backup that was deleted cannot be brought back.')),
    ...(unsure ? [section(marked('attention', unsure))] : []),
    confirmInput({ id: backup.id, what, name: deleteWord(backup) }),
    reasonInput(),
  ];
}

/** What has to be typed to confirm: the backup's name, or its id where it has none. Raw text. */
export function deleteWord({ name, id }: { readonly name?: string | undefined; readonly id: string }): string {
  return name?.trim() || id;
}
