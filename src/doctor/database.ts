import { StoreError } from '../store/errors.ts';
import { migrationState } from '../store/migrate.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** Connects to the database and looks at its schema, changing nothing. */
export async function checkDatabase(url: string): Promise<Finding> {
  const state = await migrationState(url).catch((error: unknown) => {
    if (error instanceof StoreError) return error;
    throw error;
  });
  // It knows whether the database is a file or on a server, and what mends that.
  if (state instanceof StoreError) return wrong(state.problem, state.remedy);
  const { current, needed, newer } = state;
  if (newer) {
    return wrong(
      `its schema is ${current}, this version knows ${needed}`,
      'run the newer version of vbs-chatops that wrote it, or restore a copy from before the upgrade',
    );
  }
  if (current === needed) return fine(`reachable, schema ${current}`);
  return fine(
    current === 0
      ? 'reachable, empty: the start makes its tables'
      : `reachable, the start brings its schema from ${current} to ${needed}`,
  );
}
