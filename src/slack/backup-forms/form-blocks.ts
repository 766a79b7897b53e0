import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { ManagedProject } from '../../core/projects.ts';
import { REASON_MAX } from '../../core/votes.ts';
import { context, LIMITS, oneLine, plain, section } from '../kit.ts';
import { projectInput } from '../project-picker-view.ts';
import { count, duration, marked, plural } from '../words.ts';
import type { DrawnForm, FormIds } from './form-kind.ts';

/** A form: the project on top; the rest follows once one is chosen. */
export function formView(
  form: DrawnForm,
  ids: FormIds,
  about: {
    readonly title: string;
    readonly submit: string;
    readonly blocks: (project: ManagedProject) => readonly KnownBlock[];
  },
): ModalView {
  const { project, note, reading, projects, metadata } = form;
  const first = context('Choose the project that it is about.');
  return {
    type: 'modal',
    callback_id: ids.form,
    private_metadata: metadata,
    title: plain(about.title, LIMITS.viewTitle),
    submit: plain(project === undefined ? 'Next' : about.submit, LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      projectInput(projects, ids.project, project?.alias),
      ...(note === undefined ? [] : [section(marked('attention', note))]),
      ...(project === undefined ? [first] : about.blocks(project)),
      ...(project && reading ? [section(marked('working', `Reading the backups of ${oneLine(project.alias)}…`))] : []),
    ],
  };
}

/** A line or several of text. */
export function textInput(about: {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly most: number;
  readonly optional?: boolean;
  readonly multiline?: boolean;
  readonly entered?: string | undefined;
}): InputBlock {
  const { id, label, hint, most, optional = false, multiline = false, entered } = about;
  return {
    type: 'input',
    block_id: id,
    optional,
    label: plain(label, LIMITS.inputLabel),
    hint: plain(hint, LIMITS.inputLabel),
    element: {
      type: 'plain_text_input',
      action_id: id.split('#')[0] ?? id,
      multiline,
      max_length: most,
      ...(entered && { initial_value: entered }),
    },
  };
}

/** Asks why; the owners decide by it. */
export function reasonInput(): InputBlock {
  const hint = `The owners decide by it. At most ${count(REASON_MAX)} characters.`;
  return textInput({ id: 'reason', label: 'Why', hint, most: REASON_MAX, multiline: true });
}

/** Asks to type a name, so that nobody does this by a slip of the finger. `about` is what the name belongs to. */
export function confirmInput(about: { readonly id: string; readonly what: string; readonly name: string }): InputBlock {
  return textInput({
    id: `confirm#${about.id}`,
    label: `Type the ${about.what} to confirm`,
    hint: about.name,
    most: 300,
  });
}

/** Who decides, and for how long they can. */
export function decisionWords(project: ManagedProject, what: string): string {
  const owners = `${plural(project.approvals, 'owner')} of ${oneLine(project.alias)}`;
  const approve = project.approvals === 1 ? 'approves' : 'approve';
  const open = duration(project.requestOpenForMs);
  return `${what} before ${owners} ${approve} in <#${project.approvalsChannel}>; you cannot decide on it yourself. The request stays open for ${open}.`;
}
