import { writeSync } from 'node:fs';

/** What waits for a slow reader or a full disk takes no more memory than this; lines that come then are lost. */
const WAITING_MAX = 4 * 1024 * 1024;
/** Until a reader that was too slow is tried again. */
const SLOW_READER_MS = 50;
/** How long the end of the process waits for a slow reader. */
const LAST_WORDS_MS = 500;

/**
 * Writes lines to a file descriptor, in their order, those of one moment together. Neither a reader that is gone nor a
 * full disk ends or holds up the process: what cannot be written is tried again with the next line.
 */
export class LineOutput {
  readonly #fd: number;
  #lines = '';
  #begun: Buffer = Buffer.alloc(0);
  #planned = false;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(line: string): void {
    if (this.#lines.length + this.#begun.length < WAITING_MAX) this.#lines += line;
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => this.#turn());
  }

  /** Writes what is left before the process ends, as far as it can be written. */
  end(): void {
    const until = performance.now() + LAST_WORDS_MS;
    while (this.#flush() === 'slow' && performance.now() < until) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_READER_MS);
    }
  }

  #turn(): void {
    if (this.#flush() === 'slow') setTimeout(() => this.#turn(), SLOW_READER_MS).unref();
    else this.#planned = false;
  }

  /** `slow`: the reader has no room for more at this moment. */
  #flush(): 'done' | 'slow' | 'refused' {
    try {
      while (this.#begun.length > 0 || this.#lines !== '') {
        if (this.#begun.length === 0) {
          this.#begun = Buffer.from(this.#lines);
          this.#lines = '';
        }
        this.#begun = this.#begun.subarray(writeSync(this.#fd, this.#begun));
      }
      return 'done';
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EAGAIN' ? 'slow' : 'refused';
    }
  }
}
