import { changeStates } from '../core/changes/change.ts';
import { runStates } from '../core/policies/policy-run.ts';
import { shareStates } from '../core/sharing/share-request.ts';
import type { StoreCounts } from '../core/stores.ts';
import { SqlCards } from './cards.ts';
import type { Session } from './session.ts';

/** Counts what there is, in each state that it can be in. */
export async function counts(session: Session): Promise<StoreCounts> {
  const { db } = session;
  const requests = db.selectFrom('share_requests').select((eb) => ['state', eb.fn.countAll<number>().as('total')]);
  const changes = db.selectFrom('changes').select((eb) => ['state', eb.fn.countAll<number>().as('total')]);
  const runs = db.selectFrom('policy_runs').select((eb) => ['state', eb.fn.countAll<number>().as('total')]);
  const refused = db.selectFrom('cards').select((eb) => eb.fn.countAll<number>().as('total'));
  return {
    shareRequests: inEachState(shareStates, await requests.groupBy('state').execute()),
    changes: inEachState(changeStates, await changes.groupBy('state').execute()),
    runs: inEachState(runStates, await runs.groupBy('state').execute()),
    cards: new Map([
      ['waiting', await new SqlCards(session).waiting()],
      ['refused', (await refused.where('refused', 'is not', null).executeTakeFirstOrThrow()).total],
    ]),
  };
}

function inEachState<State extends string>(
  states: readonly State[],
  rows: readonly { readonly state: State; readonly total: number }[],
): ReadonlyMap<State, number> {
  return new Map(states.map((state) => [state, rows.find((row) => row.state === state)?.total ?? 0]));
}
