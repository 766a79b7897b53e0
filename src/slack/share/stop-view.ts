import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { context, LIMITS, oneLine, option, plain, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { metadataText } from '../metadata.ts';
import { optionLists } from '../option-lists.ts';
import { count, marked, slackDate, utc } from '../words.ts';

/** A sharing that could be stopped, in raw words. */
export interface StopEntry {
  readonly id: string;
  /** The project that has the backup, by name where it has one. */
  readonly receiver: string;
  readonly since: Date;
  readonly stopAt: Date | undefined;
}

/** The sharings of one backup that go on. */
export interface StopForm {
  readonly project: string;
  readonly backupId: string;
  /** Name of the backup, else its id. */
  readonly backup: string;
  readonly sharings: readonly StopEntry[];
  readonly note: string | undefined;
}

export const stopOneMetadata = z.object({
  project: z.string(),
  backupId: z.string(),
  /** The sharing to stop; undefined where it is chosen in the form. */
  sharingId: z.string().optional(),
});
export const stopAllMetadata = z.object({ project: z.string(), backupId: z.string(), count: z.number() });

/** The choice that stands for every sharing of the backup. */
export const ALL = 'all';
export const STOP_TITLE = 'Stop sharing';

/** Asks once more before one sharing is stopped; where the backup has several, which one. `first` is chosen already. */
export function stopOneView(form: StopForm, first: StopEntry, callbackId: string): ModalView {
  const [only, another] = form.sharings;
  const single = another === undefined ? only : undefined;
  return stopModal(form, {
    callbackId,
    submit: 'Stop sharing',
    metadata: metadataText(stopOneMetadata, {
      project: form.project,
      backupId: form.backupId,
      sharingId: single?.id,
    }),
    blocks: single ? [section(singleWords(form, single))] : [choiceInput(form, first)],
  });
}

function singleWords(form: StopForm, { receiver, since }: StopEntry): string {
  return `Stop sharing ${nameWords(form)} with ${oneLine(receiver)}? It has been shared since ${slackDate(since)}.`;
}

function choiceInput(form: StopForm, first: StopEntry): KnownBlock {
  const options = form.sharings.map((one) => option(`With ${one.receiver}`, one.id, sinceWords(one)));
  const all = option(`All ${count(form.sharings.length)} sharings of this backup`, ALL, 'Asks once more');
  const initial = options.find((one) => one.value === first.id);
  return {
    type: 'input',
    block_id: 'sharing',
    label: plain(`Which sharing of ${form.backup}`, LIMITS.name),
    element: {
      type: 'static_select',
      action_id: 'sharing',
      placeholder: plain('Choose one', LIMITS.placeholder),
      ...optionLists([...options, all]),
      ...(initial && { initial_option: initial }),
    },
  };
}

function sinceWords({ since, stopAt }: StopEntry): string {
  const end = stopAt === undefined ? '' : `, until ${utc(stopAt)}`;
  return `since ${utc(since, 'day')}${end}`;
}

/** Asks once more before all sharings of a backup are stopped, and names their number. */
export function stopAllView(form: StopForm, callbackId: string): ModalView {
  const all = allWords(form.sharings.length);
  const receivers = form.sharings.map((one) => `•  ${oneLine(one.receiver)}, since ${slackDate(one.since, 'day')}`);
  return stopModal(form, {
    callbackId,
    submit: form.sharings.length === 1 ? 'Stop sharing' : `Stop all ${count(form.sharings.length)}`,
    metadata: metadataText(stopAllMetadata, {
      project: form.project,
      backupId: form.backupId,
      count: form.sharings.length,
    }),
    blocks: [section(`*Stop ${all} of ${nameWords(form)}?*`), ...lineSections(receivers)],
  });
}

/** Says that the sharings are being stopped. */
export function stoppingView(form: Pick<StopForm, 'project' | 'backup'>, number: number, channel: string): ModalView {
  const words = `The bot stops ${allWords(number)} of ${nameWords(form)} and reads back that nothing is left. The outcome is told in <#${channel}>.`;
  return said(marked('working', words));
}

/** Says that there is nothing to stop. */
export function nothingToStopView(): ModalView {
  return said(marked('stopped', 'There is nothing to stop: the sharing is being stopped, or is gone already.'));
}

function said(words: string): ModalView {
  return { type: 'modal', title: plain(STOP_TITLE), close: plain('Close'), blocks: [section(words)] };
}

function allWords(number: number): string {
  return number === 1 ? 'the sharing' : `all ${count(number)} sharings`;
}

function stopModal(
  form: StopForm,
  about: { callbackId: string; submit: string; metadata: string; blocks: readonly KnownBlock[] },
): ModalView {
  const note = form.note === undefined ? [] : [section(marked('attention', form.note))];
  const after = 'Disks that were created from it stay. To share it again, it has to be asked for and approved again.';
  return {
    type: 'modal',
    callback_id: about.callbackId,
    private_metadata: about.metadata,
    title: plain(STOP_TITLE, LIMITS.viewTitle),
    submit: plain(about.submit, LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [...note, ...about.blocks, context(after)],
  };
}

function nameWords({ backup, project }: Pick<StopForm, 'project' | 'backup'>): string {
  return `${oneLine(backup)} (${oneLine(project)})`;
}
