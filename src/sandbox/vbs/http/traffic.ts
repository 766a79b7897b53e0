/** One call as the log keeps it. No header or body is in it, so no token and no password. */
export interface TrafficEntry {
  /** Simulated time. */
  at: string;
  method: string;
  path: string;
  /** `null` where the connection was cut before an answer. */
  status: number | null;
  /** Real milliseconds from the request to the end of the answer. */
  ms: number;
  requestId: string;
  route: string;
  fault?: string;
}

const KEPT = 100_000;

/** The latest calls, oldest first. */
export class Traffic {
  #entries: TrafficEntry[] = [];

  add(entry: TrafficEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
  }

  entries(): TrafficEntry[] {
    return this.#entries.slice(-KEPT);
  }
}
