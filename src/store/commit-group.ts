/** A group takes in no more than so many writes, and goes on no longer: nobody waits for ever, nor another process. */
const WRITES_A_GROUP = 100;
export const GROUP_MS = 10;

/** What is committed together. */
export class Group {
  /** Resolves once it is durable; rejects where nothing of it is. */
  readonly ended: Promise<void>;
  writes = 0;
  /** Whether it may have written anything. */
  wrote = false;
  succeed: () => void = () => undefined;
  fail: (error: unknown) => void = () => undefined;
  readonly #began = performance.now();

  constructor() {
    this.ended = new Promise((resolve, reject) => {
      this.succeed = resolve;
      this.fail = reject;
    });
    this.ended.catch(() => undefined);
  }

  isFull(groupMs: number): boolean {
    return this.writes >= WRITES_A_GROUP || performance.now() - this.#began >= groupMs;
  }
}
