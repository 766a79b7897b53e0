import { z } from 'zod';
import { backupStatuses } from '../../core/backups/backup.ts';
import { textOf } from '../define.ts';
import { defineFilterForm } from '../filter-form/filter-form.ts';
import { filterPart } from '../filter-form/filter-part.ts';
import { filterShape, placeShape } from './backups-place.ts';
import { BACKUPS_AGAIN, BACKUPS_FILTER, drawBackups } from './draw-backups.ts';
import { filterView } from './filter-view.ts';

export const BACKUPS_FILTER_FORM = 'backups:filter-form';

const text = z.string().nullish();

/** *Change filter*: asks which backups to show; the first page of them takes the place of the list. */
export const [changeFilterAction, filterModal] = defineFilterForm({
  button: BACKUPS_FILTER,
  form: BACKUPS_FILTER_FORM,
  again: BACKUPS_AGAIN,
  right: 'view',
  place: placeShape,
  values: z.object({ name: text, status: text, disk: text }),
  view: filterView,
  read({ name, status, disk }) {
    const filter = filterShape.parse({
      name: filterPart(textOf(name ?? null)),
      status: backupStatuses.find((one) => one === status),
      disk: filterPart(textOf(disk ?? null)),
    });
    return { filter };
  },
  draw: (ctx, project, filter) => drawBackups(ctx, { project, page: 0, filter }),
});
