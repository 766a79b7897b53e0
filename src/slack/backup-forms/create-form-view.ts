import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { SeenDisk } from '../../core/backups/disks.ts';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import type { ManagedProject } from '../../core/projects.ts';
import { diskName, nameWords } from '../backups/backup-words.ts';
import { context, facts, LIMITS, oneLine, option, plain } from '../kit.ts';
import { gib, slackDate } from '../words.ts';
import { diskInput } from './disk-choice.ts';
import { formView, textInput } from './form-blocks.ts';
import type { DrawnForm, FormIds } from './form-kind.ts';

/** The form in which a disk is backed up. */
export function createFormView(form: DrawnForm, ids: FormIds): ModalView {
  const { disk, now } = form;
  return formView(form, ids, {
    title: 'Back up a disk',
    submit: 'Back up',
    blocks: (project) => [
      diskInput({ project: project.alias, label: 'Disk', actionId: ids.disk, chosen: disk, now }),
      ...(disk === undefined ? [] : [diskFacts(disk, project)]),
      nameInput(disk, now),
      textInput({
        id: 'description',
        label: 'Description',
        hint: `At most ${CHANGE_LIMITS.description} characters, without < and >.`,
        most: CHANGE_LIMITS.description,
        optional: true,
      }),
      ...(project.nativeBackups ? [] : [tagsInput()]),
      kindInput(),
      snapshotInput(project),
      context(
        `The cloud begins at once. How it goes is told in <#${project.alertsChannel}>, and you get a direct message.`,
      ),
    ],
  });
}

function diskFacts({ id, backups, sizeGib }: SeenDisk, { disks }: ManagedProject): KnownBlock {
  const [newest] = backups;
  const taken = newest?.takenAt === undefined ? '' : `, ${slackDate(newest.takenAt)}`;
  return facts([
    ['Disk', diskName(id, disks)],
    ['Size', sizeGib === undefined ? undefined : gib(sizeGib)],
    ['Last backup', newest === undefined ? 'none is known' : `${nameWords(newest)}${taken}`],
    ['Id', oneLine(id)],
  ]);
}

/** The block is named after the disk, so that the name that is proposed follows it. */
function nameInput(disk: SeenDisk | undefined, now: Date): InputBlock {
  return textInput({
    id: disk === undefined ? 'name' : `name#${disk.id}`,
    label: 'Name of the backup',
    hint: `Letters, digits, “_” and “-”, at most ${CHANGE_LIMITS.name}; not beginning with “auto”. The time in it is UTC.`,
    most: CHANGE_LIMITS.name,
    entered: disk && proposedName(disk, now),
  });
}

/** `payments-db-1-20261126-1405` */
export function proposedName({ id, name }: Pick<SeenDisk, 'id' | 'name'>, now: Date): string {
  const stamp = now.toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  const plainName = (name ?? '').replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const base = plainName === '' || /^auto/i.test(plainName) ? `disk-${plainName || id.slice(0, 8)}` : plainName;
  return `${base.slice(0, CHANGE_LIMITS.name - stamp.length - 1)}-${stamp}`;
}

function tagsInput(): InputBlock {
  const { tags, tagKey, tagValue } = CHANGE_LIMITS;
  return textInput({
    id: 'tags',
    label: 'Tags',
    hint: `One a line, as key=value; at most ${tags}. Keys up to ${tagKey} characters, values up to ${tagValue}.`,
    most: 1_000,
    optional: true,
    multiline: true,
  });
}

function kindInput(): InputBlock {
  const incremental = option('Incremental', 'incremental', 'What changed since the last backup; quicker');
  const full = option('Full', 'full', 'The whole disk, whatever was backed up before');
  return {
    type: 'input',
    block_id: 'kind',
    label: plain('Kind', LIMITS.inputLabel),
    element: {
      type: 'radio_buttons',
      action_id: 'kind',
      options: [incremental, full],
      initial_option: incremental,
    },
  };
}

function snapshotInput({ nativeBackups = false }: ManagedProject): InputBlock {
  return textInput({
    id: 'snapshot',
    label: 'Snapshot id',
    hint: nativeBackups
      ? 'The cloud of this project backs up a snapshot of the disk that is there already: the console shows its id.'
      : 'A snapshot of the disk that is there already, to be backed up in place of a new one.',
    most: 36,
    optional: !nativeBackups,
  });
}
