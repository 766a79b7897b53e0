import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Backup } from '../../core/backups/backup.ts';
import { factsOf } from '../../core/backups/backup.ts';
import { REASON_MAX } from '../../core/votes.ts';
import { statusWord } from '../backups/backup-words.ts';
import { context, type Fact, facts, LIMITS, oneLine, plain, section } from '../kit.ts';
import { projectInput } from '../project-picker-view.ts';
import { count, duration, marked, plural, slackDate } from '../words.ts';
import { backupInput } from './backup-choice.ts';
import { receiverInputs } from './receiver-inputs.ts';
import { backupWords, diskWords } from './share-words.ts';

/** What the form needs to know of the project whose backup is shared. */
export interface FormProject {
  readonly alias: string;
  readonly approvals: number;
  readonly approvalsChannel: string;
  readonly requestOpenForMs: number;
  readonly allowUnknownTargets: boolean;
  readonly disks: ReadonlyMap<string, string>;
}

export interface ShareForm {
  /** Aliases of the projects in which the person may ask. */
  readonly projects: readonly string[];
  readonly project: FormProject | undefined;
  /** Aliases of the projects that may receive it. */
  readonly targets: readonly string[];
  readonly backup: Backup | undefined;
  /** Whether its facts are still being read. */
  readonly reading: boolean;
  /** Something to look at, in safe mrkdwn. */
  readonly note: string | undefined;
  readonly metadata: string;
  readonly now: Date;
}

/** The ids of the form and of what in it answers at once. */
export interface ShareFormIds {
  readonly form: string;
  readonly project: string;
  readonly backup: string;
}

/** The form that asks for a backup to be shared. Until a project is chosen it asks for that alone. */
export function shareFormView(form: ShareForm, ids: ShareFormIds): ModalView {
  const { project } = form;
  const blocks = [
    projectInput(form.projects, ids.project, form.project?.alias),
    ...(form.note === undefined ? [] : [section(marked('attention', form.note))]),
    ...(project === undefined ? [context(firstWords)] : projectBlocks(form, project, ids.backup)),
  ];
  return {
    type: 'modal',
    callback_id: ids.form,
    private_metadata: form.metadata,
    title: plain('Share a backup', LIMITS.viewTitle),
    submit: plain(project === undefined ? 'Next' : 'Ask for approval', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks,
  };
}

const firstWords = 'Choose the project that the backup belongs to.';

function projectBlocks(form: ShareForm, project: FormProject, backupId: string): KnownBlock[] {
  return [
    backupInput({ project, actionId: backupId, chosen: form.backup, now: form.now }),
    ...backupFacts(form, project),
    ...receiverInputs({ targets: form.targets, source: project.alias, allowUnknown: project.allowUnknownTargets }),
    reasonInput(),
    endInput(),
    context(receiverWords, decisionWords(project)),
  ];
}

const receiverWords =
  'Each project that gets it can create a disk from this backup. It cannot restore the backup to a disk that exists.';

function decisionWords(project: FormProject): string {
  const owners = `${plural(project.approvals, 'owner')} of ${oneLine(project.alias)}`;
  const approve = project.approvals === 1 ? 'approves' : 'approve';
  const open = duration(project.requestOpenForMs);
  return `Nothing is shared before ${owners} ${approve} in <#${project.approvalsChannel}>. The request stays open for ${open}.`;
}

function backupFacts(form: ShareForm, project: FormProject): KnownBlock[] {
  if (form.reading) return [section(marked('working', `Reading the backups of ${oneLine(project.alias)}…`))];
  const { backup } = form;
  if (backup === undefined) return [];
  const shown: readonly Fact[] = [
    ['Backup', backupWords(backup, backup.id)],
    ['Disk', diskWords(factsOf(backup), project.disks)],
    ['Taken', backup.takenAt && slackDate(backup.takenAt)],
  ];
  const status = statusWord(backup.status);
  const warning = `Its status is “${status}”: only a backup that is available can be shared.`;
  return [facts(shown), ...(backup.status === 'available' ? [] : [section(marked('attention', warning))])];
}

function reasonInput(): InputBlock {
  return {
    type: 'input',
    block_id: 'reason',
    label: plain('Why', LIMITS.inputLabel),
    hint: plain(`The owners decide by it. At most ${count(REASON_MAX)} characters.`, LIMITS.inputLabel),
    element: { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: REASON_MAX },
  };
}

function endInput(): InputBlock {
  return {
    type: 'input',
    block_id: 'endsAt',
    optional: true,
    label: plain('Until', LIMITS.inputLabel),
    hint: plain('From then on the bot stops the sharing by itself and verifies it.', LIMITS.inputLabel),
    element: { type: 'datetimepicker', action_id: 'endsAt' },
  };
}
