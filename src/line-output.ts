import { write, writeSync } from 'node:fs';

/** What waits for a slow reader or a full disk takes no more memory than this; lines that come then are lost. */
const WAITING_MAX = 4 * 1024 * 1024;
/** Until a reader that was too slow is tried again. */
const SLOW_READER_MS = 50;
/** How long the end of the process waits for a slow reader. */
const LAST_WORDS_MS = 500;

/**
 * Writes lines to a file descriptor, one write at a time, in their order. Neither a reader that is gone nor a full disk
 * ends or holds up the process: what cannot be written is tried again with the next line.
 */
export class LineOutput {
  readonly #fd: number;
  #lines = '';
  #writing: Buffer = Buffer.alloc(0);
  #underWay = false;
  #pause: NodeJS.Timeout | undefined;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(line: string): void {
    if (this.#lines.length + this.#writing.length < WAITING_MAX) this.#lines += line;
    if (this.#pause === undefined) this.#next();
  }

  /** Writes what is left before the process ends, as far as it can be written. */
  end(): void {
    let left = Buffer.concat([this.#underWay ? Buffer.alloc(0) : this.#writing, Buffer.from(this.#lines)]);
    this.#lines = '';
    const until = performance.now() + LAST_WORDS_MS;
    while (left.length > 0) {
      try {
        left = left.subarray(writeSync(this.#fd, left));
      } catch (error) {
        if (!isSlowReader(error) || performance.now() > until) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_READER_MS);
      }
    }
  }

  #next(): void {
    if (this.#underWay) return;
    if (this.#writing.length === 0) {
      this.#writing = Buffer.from(this.#lines);
      this.#lines = '';
    }
    if (this.#writing.length === 0) return;
    this.#underWay = true;
    write(this.#fd, this.#writing, (error, written) => {
      this.#underWay = false;
      if (error === null) {
        this.#writing = this.#writing.subarray(written);
        this.#next();
      } else if (isSlowReader(error)) {
        this.#pause = setTimeout(() => {
          this.#pause = undefined;
          this.#next();
        }, SLOW_READER_MS).unref();
      }
    });
  }
}

function isSlowReader(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
