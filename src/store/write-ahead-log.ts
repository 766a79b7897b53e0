import { type FileHandle, open } from 'node:fs/promises';
import { firstValue, type SqliteFile } from './sqlite-file.ts';

/** Where commits become durable. */
export interface Disk {
  /** Resolves once all that has been committed before is durable; rejects where that is not sure. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The file that SQLite writes commits to, `…-wal`, in a database with `synchronous = NORMAL`: at the end of a commit all of
 * it is in that file, and may not be on the disk yet. SQLite's own wait for it, `FULL`, makes the process stand still.
 * What else must be in order on the disk SQLite sees to in both modes: https://sqlite.org/pragma.html#pragma_synchronous
 */
export class WriteAheadLog implements Disk {
  readonly #path: string;
  readonly #database: SqliteFile;
  #file: Promise<FileHandle> | undefined;
  #sound = true;

  constructor(path: string, database: SqliteFile) {
    this.#path = path;
    this.#database = database;
  }

  async sync(): Promise<void> {
    if (this.#sound) {
      try {
        return await this.#wait();
      } catch {
        this.#sound = false;
      }
    }
    this.#takeOver();
    this.#sound = true;
  }

  async close(): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    await file?.close();
  }

  async #wait(): Promise<void> {
    this.#file ??= open(this.#path, 'r+');
    const file = await this.#file.catch((error: unknown) => {
      this.#file = undefined;
      throw error;
    });
    await file.datasync();
  }

  /**
   * Has everything written into the database itself. A system that could not write the log to the disk once may say
   * nothing of it the next time: https://wiki.postgresql.org/wiki/Fsync_Errors
   */
  #takeOver(): void {
    let busy: unknown;
    try {
      busy = firstValue(this.#database, 'pragma wal_checkpoint(TRUNCATE)');
    } catch (cause) {
      // Not SQLite's own error: that would say that nothing was committed.
      throw new Error('the disk did not take what was written', { cause });
    }
    if (busy !== 0) throw new Error('the disk did not take what was written, and somebody else is using the database');
  }
}
