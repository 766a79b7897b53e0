import type { AuditEntry } from '../../core/audit.ts';
import type { Core } from '../../core/core.ts';
import type { Context } from '../answers.ts';
import { type ListPage, PAGE_SIZE, pageWithin } from '../list-page.ts';
import { type RecordPlace, storeFilter } from './audit-place.ts';
import type { NamedEntry } from './audit-words.ts';
import { detailText, detailTexts } from './details.ts';

/** A page of a project's record. */
export interface RecordPage {
  readonly place: RecordPlace;
  readonly page: ListPage;
  readonly entries: readonly NamedEntry[];
}

/** Reads a page for this person. Throws NotFound, NotAllowed, CannotCheck. */
export async function readRecord({ core, user }: Pick<Context, 'core' | 'user'>, asked: RecordPlace) {
  const project = core.projects.get(asked.project);
  await core.access.assert('audit', project, user);
  const filter = storeFilter(asked);
  const read = (page: number) => core.store.audit.list(filter, { offset: page * PAGE_SIZE, limit: PAGE_SIZE });
  const first = await read(asked.page);
  const page = pageWithin(asked.page, first.total);
  const { items } = page.page === asked.page ? first : await read(page.page);
  const entries = await Promise.all(items.map(entryNames(core)));
  return { place: { ...asked, page: page.page }, page, entries } satisfies RecordPage;
}

/** Finds the names that belong to an entry's ids; what was looked up is remembered as long as the function is. */
export function entryNames(core: Core): (entry: AuditEntry) => Promise<NamedEntry> {
  const known = new Map<string, Promise<string | undefined>>();
  return async (entry) => {
    const { details, subject, project } = entry;
    const key = `${entry.action.split('.')[0]} ${subject}`;
    const name = detailText(details, 'name') ?? (await (known.get(key) ?? remember(known, key, nameOf(core, entry))));
    const disk = detailText(details, 'disk');
    const disks = core.projects.managed.find((one) => one.alias === project)?.disks;
    const receivers = [...detailTexts(details, 'targets'), ...detailTexts(details, 'target')];
    return {
      entry,
      name,
      disk: disk && (disks?.get(disk) ?? disk),
      receivers: receivers.map((id) => core.projects.aliasOf(id) ?? id),
    };
  };
}

function remember<T>(known: Map<string, T>, key: string, value: T): T {
  known.set(key, value);
  return value;
}

/** The record keeps ids; their names are with what it is about. */
async function nameOf({ store }: Core, { action, subject }: AuditEntry): Promise<string | undefined> {
  if (action.startsWith('share.')) return (await store.shareRequests.get(subject))?.backup?.name;
  if (action.startsWith('sharing.')) return (await store.sharings.get(subject))?.backupName;
  return action.startsWith('policy.') ? (await store.runs.get(subject))?.policyName : undefined;
}
