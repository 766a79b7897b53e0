import type { Context } from '../answers.ts';
import type { Message } from '../kit.ts';
import { recordView } from './audit-list-view.ts';
import type { RecordFilter, RecordPlace } from './audit-place.ts';
import { readRecord } from './read-audit.ts';

export const AUDIT_AGAIN = '/vbs audit';
export const AUDIT_PAGE = 'audit:page';
export const AUDIT_FILTER = 'audit:filter';
export const AUDIT_EXPORT = 'audit:export';
const ids = { page: AUDIT_PAGE, filter: AUDIT_FILTER, export: AUDIT_EXPORT };

/** That page of the record. Throws NotFound, NotAllowed, CannotCheck. */
export async function drawRecord(ctx: Context, place: RecordPlace): Promise<Message> {
  return recordView(await readRecord(ctx, place), ids);
}

/** The first page, as the record stands now. Throws NotFound, NotAllowed, CannotCheck. */
export async function drawNewest(ctx: Context, project: string, filter: RecordFilter): Promise<Message> {
  return drawRecord(ctx, { project, page: 0, upTo: await ctx.core.store.audit.mark(), filter });
}
