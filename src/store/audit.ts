import { type RawBuilder, type Selectable, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { AuditEntry } from '../core/audit.ts';
import type { AuditFilter, AuditStore } from '../core/audit-store.ts';
import type { Page, PageOf } from '../core/page.ts';
import { detailsFrom, fromTime, ROWS_A_STATEMENT, toJson, toTime } from './columns.ts';
import type { AuditTable, Database } from './database.ts';
import { isLike } from './dialect.ts';
import { prepared, type Slots } from './prepared.ts';
import { affected, type Session } from './session.ts';

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
    await this.#session.write('audit', async (db) => affected(await insertEntry(db, row)));
  }

  async list(filter: AuditFilter, page: PageOf): Promise<Page<AuditEntry>> {
    const rows = this.#matching(filter);
    const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const items = await newestFirst(rows).limit(page.limit).offset(page.offset).execute();
    return { total, items: items.map(toEntry) };
  }

  async *parts(filter: AuditFilter): AsyncIterable<readonly AuditEntry[]> {
    const rows = this.#matching(filter);
    let after: Pick<Row, 'at' | 'id'> | undefined;
    for (;;) {
      const rest = after === undefined ? rows : rows.where(isOlder(after));
      const part = await newestFirst(rest).limit(ROWS_A_STATEMENT).execute();
      if (part.length > 0) yield part.map(toEntry);
      after = part.at(-1);
      if (after === undefined || part.length < ROWS_A_STATEMENT) return;
    }
  }

  async mark(): Promise<number> {
    const newest = this.#session.db.selectFrom('audit').select((eb) => eb.fn.max('id').as('id'));
    return (await newest.executeTakeFirst())?.id ?? 0;
  }

  #matching(filter: AuditFilter) {
    const { project, subject, actor, outcome, actions, from, before, text, upTo } = filter;
    let rows = this.#session.db.selectFrom('audit');
    for (const [column, value] of Object.entries({ project, subject, actor, outcome })) {
      if (value !== undefined) rows = rows.where(sql.ref(column), '=', value);
    }
    if (actions?.length === 0) rows = rows.where(sql<SqlBool>`1 = 0`);
    else if (actions !== undefined) rows = rows.where('action', 'in', actions);
    if (from !== undefined) rows = rows.where('at', '>=', toTime(from));
    if (before !== undefined) rows = rows.where('at', '<', toTime(before));
    if (upTo !== undefined) rows = rows.where('id', '<=', upTo);
    if (text !== undefined) rows = rows.where(this.#has(text));
    return rows;
  }

  #has(part: string): RawBuilder<SqlBool> {
    const inDetails = this.#session.dialect.hasPart('details', part);
    return sql`(${isLike(sql.ref('subject'), part)} or ${isLike(sql.ref('cloud_request_id'), part)} or ${inDetails})`;
  }
}

type Row = Selectable<AuditTable>;

const insertEntry = prepared((db, row: Slots<Omit<Row, 'id'>>) => db.insertInto('audit').values(row));

function newestFirst<O>(rows: SelectQueryBuilder<Database, 'audit', O>) {
  return rows.selectAll().orderBy('at', 'desc').orderBy('id', 'desc');
}

function isOlder({ at, id }: Pick<Row, 'at' | 'id'>): RawBuilder<SqlBool> {
  return sql`(at, id) < (${at}, ${id})`;
}

function toEntry(row: Row): AuditEntry {
  return {
    at: fromTime(row.at),
    actor: row.actor,
    action: row.action,
    project: row.project,
    subject: row.subject,
    outcome: row.outcome,
    details: detailsFrom(row.details),
    cloudRequestId: row.cloud_request_id ?? undefined,
  };
}
