import type { AuditEntry } from '../core/audit.ts';
import type { AuditFilter, AuditStore, Page, PageOf } from '../core/stores.ts';
import { detailsFrom, fromTime, toJson, toTime } from './columns.ts';
import { inserted, type Session } from './session.ts';

/** The record: rows are added, and never changed or taken away. */
export class SqlAudit implements AuditStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async write(entry: AuditEntry): Promise<void> {
    const row = {
      at: toTime(entry.at),
      actor: entry.actor,
      action: entry.action,
      project: entry.project,
      subject: entry.subject,
      outcome: entry.outcome,
      details: toJson(entry.details),
      cloud_request_id: entry.cloudRequestId ?? null,
    };
    await this.#session.write('audit', async (db) => inserted(await db.insertInto('audit').values(row).execute()));
  }

  async list(filter: AuditFilter, page: PageOf): Promise<Page<AuditEntry>> {
    let rows = this.#session.db.selectFrom('audit');
    if (filter.project !== undefined) rows = rows.where('project', '=', filter.project);
    if (filter.subject !== undefined) rows = rows.where('subject', '=', filter.subject);
    const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const items = await rows
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    return {
      total,
      items: items.map((row) => ({
        at: fromTime(row.at),
        actor: row.actor,
        action: row.action,
        project: row.project,
        subject: row.subject,
        outcome: row.outcome,
        details: detailsFrom(row.details),
        cloudRequestId: row.cloud_request_id ?? undefined,
      })),
    };
  }
}
