import { sql } from 'kysely';
import type { Asked, AskedFilter, AskedStore } from '../core/asked-store.ts';
import type { Page, PageOf } from '../core/page.ts';
import { filteredChanges, SqlChanges } from './changes.ts';
import type { Session } from './session.ts';
import { filteredRequests, SqlShareRequests } from './share-requests.ts';

/** Two tables read as one list. */
export class SqlAsked implements AskedStore {
  readonly #session: Session;
  readonly #requests: SqlShareRequests;
  readonly #changes: SqlChanges;

  constructor(session: Session) {
    this.#session = session;
    this.#requests = new SqlShareRequests(session);
    this.#changes = new SqlChanges(session);
  }

  async list(filter: AskedFilter, { offset, limit }: PageOf): Promise<Page<Asked>> {
    if (filter.projects?.length === 0) return { total: 0, items: [] };
    const { db } = this.#session;
    const among = { ...filter, ...(filter.awaiting !== undefined && { states: ['pending'] as const }) };
    const requests = filteredRequests(db.selectFrom('share_requests'), among);
    const changes = filteredChanges(db.selectFrom('changes'), among);
    const both = requests
      .select(['id', 'created_at', sql<string>`'share'`.as('kind')])
      .unionAll(changes.select(['id', 'created_at', sql<string>`'change'`.as('kind')]));
    const asked = db.selectFrom(both.as('asked'));
    const { total } = await asked.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const rows = await asked
      .select(['asked.id', 'asked.kind'])
      .orderBy('asked.created_at', 'desc')
      .orderBy('asked.id', 'desc')
      .limit(limit)
      .offset(offset)
      .execute();
    return { total, items: await this.#whole(rows) };
  }

  async #whole(rows: readonly { readonly id: string; readonly kind: string }[]): Promise<readonly Asked[]> {
    const ids = (kind: Asked['kind']) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
    const all = { offset: 0, limit: rows.length };
    const requests = await this.#requests.list({ ids: ids('share') }, all);
    const changes = await this.#changes.list({ ids: ids('change') }, all);
    const found = new Map<string, Asked>([
      ...requests.items.map((request) => [request.id, { kind: 'share', request }] as const),
      ...changes.items.map((change) => [change.id, { kind: 'change', change }] as const),
    ]);
    return rows.flatMap(({ id }) => found.get(id) ?? []);
  }
}
