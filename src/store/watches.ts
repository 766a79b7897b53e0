import type { Selectable } from 'kysely';
import type { Claimed, ClaimOptions } from '../core/claims.ts';
import type { Failure } from '../core/failure.ts';
import type { Watch, WatchStore } from '../core/policies/watch-store.ts';
import { failureFrom, fromTime, inParts, toJson, toTime } from './columns.ts';
import type { WatchTable } from './database.ts';
import { held, unheld } from './leases.ts';
import { affected, inserted, type Session, updated } from './session.ts';
import { claimWatches, endSweep, policiesSeen } from './sweep-statements.ts';

/** The clocks of replicas differ by less. */
const REPLICAS_APART_MS = 2 * 60_000;

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
    const { now, limit } = options;
    const latest = toTime(new Date(now.getTime() + REPLICAS_APART_MS));
    const claim = { projects, now: toTime(now), latest, limit, ...held(lease, options) };
    const { rows } = await this.#session.run((db) => claimWatches(db, claim));
    return rows.map((row) => ({ item: toWatch(row), lease }));
  }

  async done(
    project: string,
    lease: string,
    outcome: { at: Date; nextAt: Date; failure: Failure | undefined },
  ): Promise<boolean> {
    const row = {
      project,
      last_sweep_at: toTime(outcome.at),
      next_sweep_at: toTime(outcome.nextAt),
      last_failure: toJson(outcome.failure),
      holder: lease,
      ...unheld,
    };
    const changed = await this.#session.write('watches', async (db) => affected(await endSweep(db, row)));
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
    const { rows } = await policiesSeen(this.#session.db, { project });
    return new Set(rows.map((row) => row.policy_id));
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
