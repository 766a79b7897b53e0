import { z } from 'zod';
import type { Tag } from '../../core/backups/backup.ts';
import { requestChange } from '../../core/changes/request-change.ts';
import { type InputFault, InvalidInput } from '../../core/errors.ts';
import { NO_CHOICE } from '../backups/search-catalogue.ts';
import { sayFiled } from '../changes/say-filed.ts';
import { defineModal } from '../define.ts';
import { fieldSentences } from '../error-reply.ts';
import { createForm } from './create-form.ts';
import { formMetadata } from './form-kind.ts';
import { formParts } from './form-parts.ts';
import { showForm } from './show-form.ts';

const text = z.string().nullish();
const values = z.object({
  project: text,
  disk: text,
  name: text,
  description: text,
  tags: text,
  kind: text,
  snapshot: text,
});

/** The form, handed in: the backup is on its way, and its card. */
export const createModal = defineModal({
  id: createForm.ids.form,
  again: createForm.again,
  metadata: formMetadata,
  values,
  actions: formParts(createForm),
  async submit(ctx, { metadata, values: entered }) {
    const { project, disk, name, description, tags, kind, snapshot } = entered;
    const { responseUrl } = metadata;
    if (!project) return { errors: { project: 'Choose the project of the disk.' } };
    // The form of the project that was chosen last has not been drawn yet.
    if (project !== metadata.project) {
      const { view, after } = await showForm(ctx, createForm, { project, responseUrl });
      return { update: view, after };
    }
    if (!disk || disk === NO_CHOICE) return { errors: { disk: 'Choose the disk.' } };
    const labels = tagsOf(tags ?? '');
    if ('fault' in labels) return { errors: { tags: labels.fault } };
    try {
      const change = await requestChange(ctx.core, {
        by: ctx.user,
        project,
        deed: {
          kind: 'backup.create',
          backup: {
            diskId: disk,
            name: name?.trim() ?? '',
            description: description?.trim() || undefined,
            snapshotId: snapshot?.trim() || undefined,
            full: kind === 'full',
            tags: labels.tags,
          },
        },
        dedupeKey: ctx.dedupeKey,
      });
      return { clear: true, after: (reply) => sayFiled(ctx, { change, responseUrl, reply }) };
    } catch (error) {
      if (error instanceof InvalidInput) return { errors: errorsOf(error.faults) };
      throw error;
    }
  },
});

/** Tags as they are typed, a line each. */
function tagsOf(typed: string): { readonly tags: readonly Tag[] } | { readonly fault: string } {
  const lines = typed.split('\n').map((line) => line.trim());
  const tags: Tag[] = [];
  for (const line of lines.filter((one) => one !== '')) {
    const at = line.indexOf('=');
    if (at < 0) return { fault: `“${line}” has no “=”: write key=value, one a line.` };
    tags.push({ key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() });
  }
  return { tags };
}

/** The sentences that know better what is asked for than the general ones. */
function errorsOf(faults: readonly InputFault[]): Readonly<Record<string, string>> {
  const own = faults.flatMap(({ field, rule, about }) => {
    if (field === 'snapshot' && rule === 'malformed') return [[field, `“${about}” is no snapshot id: that is a UUID.`]];
    if (field === 'disk' && rule === 'being_changed')
      return [[field, 'A backup of this disk is being made already; its card shows how far it is.']];
    return [];
  });
  return { ...fieldSentences(faults), ...Object.fromEntries(own) };
}
