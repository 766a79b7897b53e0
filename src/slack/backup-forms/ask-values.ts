import type { Backup } from '../../core/backups/backup.ts';
import { type InputFault, NotFound } from '../../core/errors.ts';
import { CloudError } from '../../core/failure.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context, ModalAnswer } from '../answers.ts';
import { NO_CHOICE } from '../backups/search-catalogue.ts';
import { fieldSentences } from '../error-reply.ts';
import type { FormKind, FormMetadata } from './form-kind.ts';
import { showForm } from './show-form.ts';

type Entered = Readonly<Partial<Record<'project' | 'backup' | 'disk' | 'confirm', string | null | undefined>>>;

const asks = { backup: 'Choose a backup.', disk: 'Choose a disk.' } as const;

/**
 * What to answer where the form that was handed in does not ask yet for all that it will, since something was chosen last
 * that it has not been drawn for: what is still to be chosen, or the form as it then is.
 */
export async function notAsShown(
  ctx: Context,
  kind: FormKind,
  about: {
    readonly metadata: FormMetadata;
    readonly entered: Entered;
    readonly needs: readonly ('backup' | 'disk')[];
  },
): Promise<ModalAnswer | undefined> {
  const { metadata, entered, needs } = about;
  const { project } = entered;
  if (!project) return { errors: { project: 'Choose the project of the backup.' } };
  const other = project !== metadata.project;
  for (const need of other ? [] : needs) {
    if (!entered[need] || entered[need] === NO_CHOICE) return { errors: { [need]: asks[need] } };
  }
  const same = needs.every((need) => entered[need] === metadata[need]);
  if (!other && same && entered.confirm !== undefined) return undefined;
  const { responseUrl } = metadata;
  const kept = other ? {} : { backup: entered.backup ?? undefined, disk: entered.disk ?? undefined };
  const { view, after } = await showForm(ctx, kind, { project, ...kept, responseUrl });
  return { update: view, after };
}

/** What the card is to tell of the backup; where the cloud does not tell now, the request goes without. */
export async function knownBackup(
  { core }: Context,
  { alias }: ManagedProject,
  backupId: string,
): Promise<Backup | undefined> {
  const known = core.catalogue.peek(alias, backupId);
  if (known) return known;
  try {
    return await core.catalogue.get(alias, backupId);
  } catch (error) {
    if (error instanceof CloudError || error instanceof NotFound) return undefined;
    throw error;
  }
}

/** The sentence of each fault at its field. */
export function askedErrors(faults: readonly InputFault[]): Readonly<Record<string, string>> {
  const malformed = faults.filter(({ rule }) => rule === 'malformed' || rule === 'required');
  const own = malformed.flatMap(({ field }) =>
    field === 'backup' || field === 'disk' ? [[field, asks[field]] as const] : [],
  );
  return { ...fieldSentences(faults), ...Object.fromEntries(own) };
}
