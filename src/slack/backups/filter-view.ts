import type { ModalView } from '@slack/types';
import { backupStatuses } from '../../core/backups/backup.ts';
import { type FilterForm, filterFormView, oneOrAnyInput, partInput } from '../filter-form/filter-form-view.ts';
import { statusWord } from './backup-words.ts';
import type { BackupsPlace } from './backups-place.ts';

/** Asks which backups to show. */
export function filterView(form: FilterForm<BackupsPlace>): ModalView {
  const { name, status, disk } = form.place.filter;
  return filterFormView(form, {
    title: 'Filter backups',
    what: 'backups',
    inputs: [
      partInput({ id: 'name', label: 'Name or id', hint: 'A part of it will do.', entered: name }),
      oneOrAnyInput({
        id: 'status',
        label: 'Status',
        any: 'any status',
        among: backupStatuses,
        words: statusWord,
        chosen: status,
      }),
      partInput({ id: 'disk', label: 'Disk', hint: 'A part of its name or id.', entered: disk }),
    ],
  });
}
