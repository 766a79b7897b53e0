import { StoreAway } from '../core/errors.ts';

/**
 * Of PostgreSQL: connections that broke, that it does not let in, no room left, shutting down or starting, a standby.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SQLSTATES = /^(?:08...|28...|53...|57P0.|57014|25006)$/;
const SQLSTATE = /^[0-9FHPX][0-9A-Z]{4}$/;
/** Of SQLite: no room left, read only, the disk fails, the file is gone. https://www.sqlite.org/rescode.html */
const SQLITE_NAMES = /^SQLITE_(?:FULL|READONLY|IOERR|CANTOPEN)/;
const SQLITE_NUMBERS = [13, 8, 10, 14];

/** What was going on: nothing that lasts unless it ends well, or a change that may have been kept all the same. */
export type Moment = 'reading' | 'keeping';

/** What a driver threw, told as {@link StoreAway} where the database is the cause, and not what was asked of it. */
export function awayOr(error: unknown, moment: Moment): unknown {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return error;
  if (isSqlite(error)) return isSqliteAway(error) ? new StoreAway('none', error) : error;
  const code = codeOf(error);
  // Whatever has no code of the server's is of the way there.
  if (SQLSTATE.test(code) && !SQLSTATES.test(code)) return error;
  return new StoreAway(moment === 'keeping' ? 'unknown' : 'none', error);
}

function isSqlite(error: Error): boolean {
  return codeOf(error).startsWith('SQLITE_') || codeOf(error) === 'ERR_SQLITE_ERROR';
}

function isSqliteAway(error: Error): boolean {
  if (SQLITE_NAMES.test(codeOf(error))) return true;
  return 'errcode' in error && typeof error.errcode === 'number' && SQLITE_NUMBERS.includes(error.errcode & 0xff);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
