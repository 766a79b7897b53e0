import type { Selectable } from 'kysely';
import type { Failure } from '../core/failure.ts';
import type { Claimed, ClaimOptions, Watch, WatchStore } from '../core/stores.ts';
import { failureFrom, fromTime, inParts, toJson, toTime } from './columns.ts';
import type { WatchTable } from './database.ts';
import { held, isDue, isFree, unheld } from './leases.ts';
import { inserted, type Session, updated } from './session.ts';

export class SqlWatches implements WatchStore {
  readonly #session: Session;
  /** The projects that have a row; none ever goes. */
  readonly #added = new Set<string>();

  constructor(session: Session) {
    this.#session = session;
  }

  async claimDue(projects: readonly string[], options: ClaimOptions): Promise<readonly Claimed<Watch>[]> {
    if (projects.length === 0) return [];
    await this.#add(projects);
    const lease = this.#session.newLease();
    const rows = await this.#session.run((db) =>
      db
        .with('due', (with_) =>
          this.#session.dialect.skipLocked(
            with_
              .selectFrom('watches')
              .select('project')
              .where('project', 'in', projects)
              .where(isDue('next_sweep_at', options.now))
              .where(isFree(options.now))
              .orderBy((eb) => eb.fn.coalesce('next_sweep_at', eb.val('')))
              .limit(options.limit),
          ),
        )
        .updateTable('watches')
        .set(held(lease, options))
        .where('project', 'in', (eb) => eb.selectFrom('due').select('due.project'))
        .returningAll()
        .execute(),
    );
    return rows.map((row) => ({ item: toWatch(row), lease }));
  }

  async done(
    project: string,
    lease: string,
    outcome: { at: Date; nextAt: Date; failure: Failure | undefined },
  ): Promise<boolean> {
    const row = {
      last_sweep_at: toTime(outcome.at),
      next_sweep_at: toTime(outcome.nextAt),
      last_failure: toJson(outcome.failure),
      ...unheld,
    };
    const changed = await this.#session.write('watches', async (db) =>
      updated(
        await db.updateTable('watches').set(row).where('project', '=', project).where('lease', '=', lease).execute(),
      ),
    );
    return changed > 0;
  }

  async extend(project: string, lease: string, until: Date): Promise<boolean> {
    const changed = await this.#session.run(async (db) =>
      updated(
        await db
          .updateTable('watches')
          .set({ lease_until: toTime(until) })
          .where('project', '=', project)
          .where('lease', '=', lease)
          .execute(),
      ),
    );
    return changed > 0;
  }

  async get(project: string): Promise<Watch | undefined> {
    const rows = this.#session.db.selectFrom('watches').selectAll();
    const row = await rows.where('project', '=', project).executeTakeFirst();
    return row && toWatch(row);
  }

  async seenPolicies(project: string): Promise<ReadonlySet<string>> {
    const rows = this.#session.db.selectFrom('seen_policies').select('policy_id');
    return new Set((await rows.where('project', '=', project).execute()).map((row) => row.policy_id));
  }

  async markSeen(project: string, policyIds: readonly string[]): Promise<void> {
    if (policyIds.length === 0) return;
    await this.#session.atomic(async (session) => {
      for (const part of inParts(policyIds)) {
        const rows = part.map((policy) => ({ project, policy_id: policy }));
        await session.write('watches', async (db) =>
          inserted(
            await db
              .insertInto('seen_policies')
              .values(rows)
              .onConflict((conflict) => conflict.doNothing())
              .execute(),
          ),
        );
      }
    });
  }

  async #add(projects: readonly string[]): Promise<void> {
    if (projects.every((project) => this.#added.has(project))) return;
    const known = this.#session.db.selectFrom('watches').select('project').where('project', 'in', projects);
    const there = new Set((await known.execute()).map((row) => row.project));
    const missing = projects.filter((project) => !there.has(project));
    if (missing.length > 0) {
      const nothing = { last_sweep_at: null, last_failure: null, next_sweep_at: null, ...unheld };
      const rows = missing.map((project) => ({ project, ...nothing }));
      await this.#session.run((db) =>
        db
          .insertInto('watches')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    }
    for (const project of projects) this.#added.add(project);
  }
}

function toWatch(row: Selectable<WatchTable>): Watch {
  return {
    project: row.project,
    lastSweepAt: fromTime(row.last_sweep_at),
    lastFailure: failureFrom(row.last_failure),
  };
}
