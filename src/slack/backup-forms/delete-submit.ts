import { z } from 'zod';
import { factsOf } from '../../core/backups/backup.ts';
import { requestChange } from '../../core/changes/request-change.ts';
import { InvalidInput } from '../../core/errors.ts';
import { sayFiled } from '../changes/say-filed.ts';
import { defineModal } from '../define.ts';
import { askedErrors, knownBackup, notAsShown } from './ask-values.ts';
import { deleteForm } from './delete-form.ts';
import { deleteWord } from './delete-form-view.ts';
import { formMetadata } from './form-kind.ts';
import { formParts } from './form-parts.ts';

const text = z.string().nullish();
const values = z.object({ project: text, backup: text, confirm: text, reason: text });

/** The form, handed in: the request is filed. The cloud is asked once more right before the backup is deleted. */
export const deleteModal = defineModal({
  id: deleteForm.ids.form,
  again: deleteForm.again,
  metadata: formMetadata,
  values,
  actions: formParts(deleteForm),
  async submit(ctx, { metadata, values: entered }) {
    const anew = await notAsShown(ctx, deleteForm, { metadata, entered, needs: ['backup'] });
    if (anew) return anew;
    const { project = '', backup: backupId = '', responseUrl } = metadata;
    const backup = await knownBackup(ctx, ctx.core.projects.get(project), backupId);
    const word = deleteWord({ name: backup?.name, id: backupId });
    if ((entered.confirm ?? '').trim() !== word) {
      return { errors: { confirm: `This is not “${word}”: a backup that was deleted cannot be brought back.` } };
    }
    try {
      const change = await requestChange(ctx.core, {
        by: ctx.user,
        project,
        deed: { kind: 'backup.delete', backupId, backup: backup && factsOf(backup) },
        reason: entered.reason ?? '',
        dedupeKey: ctx.dedupeKey,
      });
      return { clear: true, after: (reply) => sayFiled(ctx, { change, responseUrl, reply }) };
    } catch (error) {
      if (error instanceof InvalidInput) return { errors: askedErrors(error.faults) };
      throw error;
    }
  },
});
