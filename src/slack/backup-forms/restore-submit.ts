import { z } from 'zod';
import { type Backup, factsOf } from '../../core/backups/backup.ts';
import { seenDisk } from '../../core/backups/disks.ts';
import { requestChange } from '../../core/changes/request-change.ts';
import { InvalidInput } from '../../core/errors.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import { sayFiled } from '../changes/say-filed.ts';
import { defineModal } from '../define.ts';
import { gib } from '../words.ts';
import { askedErrors, knownBackup, notAsShown } from './ask-values.ts';
import { formMetadata } from './form-kind.ts';
import { formParts } from './form-parts.ts';
import { restoreForm } from './restore-form.ts';
import { confirmWord, isTooSmall } from './restore-form-view.ts';

const text = z.string().nullish();
const values = z.object({ project: text, backup: text, disk: text, confirm: text, reason: text });

/** The form, handed in: the request is filed, its card is on its way to the owners. */
export const restoreModal = defineModal({
  id: restoreForm.ids.form,
  again: restoreForm.again,
  metadata: formMetadata,
  values,
  actions: formParts(restoreForm),
  async submit(ctx, { metadata, values: entered }) {
    const anew = await notAsShown(ctx, restoreForm, { metadata, entered, needs: ['backup', 'disk'] });
    if (anew) return anew;
    const { project: alias = '', backup: backupId = '', disk: diskId = '', responseUrl } = metadata;
    const project = ctx.core.projects.get(alias);
    const backup = await knownBackup(ctx, project, backupId);
    const errors = faultsOf(ctx, { project, backup, diskId, typed: entered.confirm ?? '' });
    if (errors) return { errors };
    try {
      const change = await requestChange(ctx.core, {
        by: ctx.user,
        project: alias,
        deed: { kind: 'backup.restore', backupId, backup: backup && factsOf(backup), diskId },
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

function faultsOf(
  { core }: Context,
  about: {
    readonly project: ManagedProject;
    readonly backup: Backup | undefined;
    readonly diskId: string;
    readonly typed: string;
  },
): Readonly<Record<string, string>> | undefined {
  const { project, backup, diskId, typed } = about;
  const disk = seenDisk(core.catalogue.peekAll(project.alias) ?? [], project.disks, diskId);
  if (backup && isTooSmall(backup, disk)) {
    return { disk: `This disk has ${gib(disk.sizeGib ?? 0)}, the backup needs ${gib(backup.sizeGib)}.` };
  }
  const word = confirmWord(diskId, project);
  return typed.trim() === word
    ? undefined
    : { confirm: `This is not “${word}”: everything on that disk would be lost.` };
}
