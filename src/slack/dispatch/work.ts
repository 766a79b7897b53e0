/** What can wait waits no longer than this, however many deliveries keep coming. */
const CALM_WITHIN_MS = 200;

/** What is going on: deliveries that wait for their acknowledgement, and second steps that follow one. */
export class Work {
  readonly #going = new Set<Promise<void>>();
  #unanswered = 0;
  #waiting: (() => void)[] = [];

  get count(): number {
    return this.#going.size;
  }

  /** Takes note of a delivery, until it is handled. Its errors are its own. */
  arrive(handled: Promise<void>): void {
    this.#unanswered += 1;
    const done = handled.then(
      () => this.#answered(),
      () => this.#answered(),
    );
    this.#keep(done);
  }

  /** Takes over work that handles its own errors, and begins it once no delivery waits any more. */
  follow(step: () => Promise<void>): void {
    this.#keep(this.calm().then(step));
  }

  /** Resolves once no delivery waits for its acknowledgement, or after a while. */
  async calm(): Promise<void> {
    if (this.#unanswered === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, CALM_WITHIN_MS);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Resolves when nothing is going on. */
  async idle(): Promise<void> {
    while (this.#going.size > 0) await Promise.allSettled(this.#going);
  }

  #keep(work: Promise<void>): void {
    this.#going.add(work);
    void work.finally(() => this.#going.delete(work));
  }

  #answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered > 0 || this.#waiting.length === 0) return;
    // The next delivery of the same moment may be here, and not read yet.
    setImmediate(() => {
      if (this.#unanswered > 0) return;
      for (const go of this.#waiting.splice(0)) go();
    });
  }
}
