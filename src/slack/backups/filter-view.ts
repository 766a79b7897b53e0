import type { InputBlock, ModalView } from '@slack/types';
import { backupStatuses } from '../../core/backups/backup.ts';
import { LIMITS, oneLine, option, plain, section } from '../kit.ts';
import { statusWord } from './backup-words.ts';
import { type BackupsPlace, LONGEST_PART } from './backups-place.ts';

/** The value of the status that is none: a menu cannot be emptied again on every client. */
export const ANY_STATUS = 'any';

/** Asks which backups to show. */
export function filterView(about: {
  readonly place: BackupsPlace;
  readonly callbackId: string;
  readonly metadata: string;
}): ModalView {
  const { place, callbackId, metadata } = about;
  const { filter } = place;
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadata,
    title: plain('Filter backups', LIMITS.viewTitle),
    submit: plain('Show', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`Which backups of ${oneLine(place.project)} to show. What is left empty lets everything through.`),
      textInput({ id: 'name', label: 'Name or id', hint: 'A part of it will do.', entered: filter.name }),
      statusInput(filter.status),
      textInput({ id: 'disk', label: 'Disk', hint: 'A part of its name or id.', entered: filter.disk }),
    ],
  };
}

function textInput(about: { id: string; label: string; hint: string; entered: string | undefined }): InputBlock {
  const { id, label, hint, entered } = about;
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label, LIMITS.inputLabel),
    hint: plain(hint, LIMITS.inputLabel),
    element: {
      type: 'plain_text_input',
      action_id: id,
      max_length: LONGEST_PART,
      ...(entered && { initial_value: entered }),
    },
  };
}

function statusInput(chosen: BackupsPlace['filter']['status']): InputBlock {
  const any = option('any status', ANY_STATUS);
  const statuses = backupStatuses.map((status) => option(statusWord(status), status));
  return {
    type: 'input',
    block_id: 'status',
    optional: true,
    label: plain('Status', LIMITS.inputLabel),
    element: {
      type: 'static_select',
      action_id: 'status',
      options: [any, ...statuses],
      initial_option: statuses.find(({ value }) => value === chosen) ?? any,
    },
  };
}
