import type { KnownBlock, ModalView } from '@slack/types';
import type { Backup } from '../../core/backups/backup.ts';
import { factsOf } from '../../core/backups/backup.ts';
import type { SeenDisk } from '../../core/backups/disks.ts';
import type { ManagedProject } from '../../core/projects.ts';
import { diskName, statusWord } from '../backups/backup-words.ts';
import { context, facts, oneLine, section } from '../kit.ts';
import { backupInput } from '../share/backup-choice.ts';
import { backupWords, diskWords } from '../share/share-words.ts';
import { ago, gib, marked, slackDate } from '../words.ts';
import { diskInput } from './disk-choice.ts';
import { confirmInput, decisionWords, formView, reasonInput } from './form-blocks.ts';
import type { DrawnForm, FormIds } from './form-kind.ts';

/** The form in which a disk is overwritten with a backup. */
export function restoreFormView(form: DrawnForm, ids: FormIds): ModalView {
  const { backup, disk, now } = form;
  return formView(form, ids, {
    title: 'Restore a backup',
    submit: 'Ask for approval',
    blocks: (project) => [
      backupInput({ project, actionId: ids.backup, chosen: backup, now }),
      ...(backup === undefined ? [] : chosenFacts(backup, project)),
      diskInput({ project: project.alias, label: 'Disk to overwrite', actionId: ids.disk, chosen: disk, now }),
      ...(disk === undefined ? [] : [section(diskWarning({ backup, disk, project, now }))]),
      ...(isReady(form) ? confirmation(form) : []),
      context(
        'The disk has to be detached from its server: the cloud refuses one that is in use.',
        decisionWords(project, 'Nothing is overwritten'),
      ),
    ],
  });
}

/** The facts of a backup that was chosen, and that it is of no use now where that is so. */
function chosenFacts(backup: Backup, { disks }: ManagedProject): readonly KnownBlock[] {
  const shown = facts([
    ['Backup', backupWords(backup, backup.id)],
    ['Disk', diskWords(factsOf(backup), disks)],
    ['Taken', backup.takenAt && slackDate(backup.takenAt)],
  ]);
  if (backup.status === 'available') return [shown];
  const warning = `Its status is “${statusWord(backup.status)}”: only a backup that is available can be restored.`;
  return [shown, section(marked('attention', warning))];
}

/** Whose the disk is, whether it is large enough, and what would be lost. */
function diskWarning(about: {
  readonly backup: Backup | undefined;
  readonly disk: SeenDisk;
  readonly project: ManagedProject;
  readonly now: Date;
}): string {
  const { backup, disk, project, now } = about;
  const whose = `*${diskName(disk.id, project.disks)}* (${oneLine(project.alias)})`;
  if (backup && isTooSmall(backup, disk)) {
    const sizes = `It has ${gib(disk.sizeGib ?? 0)} as of its newest backup, the backup needs ${gib(backup.sizeGib)}`;
    return marked('refused', `${whose} is too small. ${sizes}: choose a larger disk.`);
  }
  const size =
    disk.sizeGib === undefined
      ? 'No backup tells how large it is: the cloud refuses a disk that is smaller than the backup.'
      : `It has ${gib(disk.sizeGib)} as of its newest backup, which is enough.`;
  return marked('attention', `This overwrites everything on ${whose}. ${size}\n${lossWords(disk, now)}`);
}

/** What of the disk's data is kept somewhere. */
function lossWords({ backups }: SeenDisk, now: Date): string {
  const newest = backups.find(({ status }) => status === 'available');
  if (newest === undefined) return 'There is no available backup of it: what is on it now cannot be brought back.';
  const taken = newest.takenAt === undefined ? '' : `, taken ${ago(newest.takenAt, now)}`;
  const name = backupWords(newest, newest.id);
  return `Its newest backup is ${name}${taken}; what was written since cannot be brought back.`;
}

/** Whether the disk is known to be smaller than the backup. */
export function isTooSmall({ sizeGib }: Pick<Backup, 'sizeGib'>, disk: Pick<SeenDisk, 'sizeGib'>): boolean {
  return disk.sizeGib !== undefined && disk.sizeGib < sizeGib;
}

/** Whether all is chosen, and could be done. */
function isReady({ backup, disk }: DrawnForm): boolean {
  return backup?.status === 'available' && disk !== undefined && !isTooSmall(backup, disk);
}

function confirmation({ disk, project }: DrawnForm): readonly KnownBlock[] {
  if (disk === undefined || project === undefined) return [];
  const named = project.disks.get(disk.id);
  const what = named === undefined ? 'disk’s id' : 'disk’s name';
  return [confirmInput({ id: disk.id, what, name: confirmWord(disk.id, project) }), reasonInput()];
}

/** What has to be typed to confirm: the disk's name, or its id where it has none. Raw text. */
export function confirmWord(diskId: string, { disks }: Pick<ManagedProject, 'disks'>): string {
  return disks.get(diskId) || diskId;
}
