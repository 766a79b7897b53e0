import { type Finding, fine, wrong } from './finding.ts';

/** Answers take time, and their date is in whole seconds. */
const MOST_MS = 15_000;

/** Holds this machine's clock against Slack's, which tells the time with every answer. */
export class SlackClock {
  readonly #now: () => Date;
  #aheadMs: number | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  read<A extends { headers: { get(name: string): string | null } }>(answer: A): A {
    const at = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(at)) this.#aheadMs ??= this.#now().getTime() - at;
    return answer;
  }

  /** Undefined where Slack has not answered. */
  finding(): Finding | undefined {
    if (this.#aheadMs === undefined) return undefined;
    if (Math.abs(this.#aheadMs) < MOST_MS) return fine("in step with Slack's");
    const seconds = Math.round(Math.abs(this.#aheadMs) / 1_000);
    const span = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
    return wrong(
      `the clock of this machine is ${span} ${this.#aheadMs > 0 ? 'ahead of' : 'behind'} Slack's`,
      'set it by NTP: ends of requests and sharings go by it, and requests of Slack count as too old over HTTP',
    );
  }
}
