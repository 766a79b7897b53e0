import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from '../exchange.ts';
import type { Faults } from '../faults.ts';
import { type Json, record, text } from '../json.ts';
import type { Traffic } from '../traffic.ts';
import { type Envelope, type Transport, Undelivered } from './transport.ts';

/** How long Slack waits for an ack, and when it sends an event again that was not acked. */
export interface Timing {
  readonly ackMs: number;
  readonly eventRetriesMs: readonly number[];
}

/** Slack's own: three seconds; then at once, after a minute, after five. */
export const SLACK_TIMING: Timing = { ackMs: 3000, eventRetriesMs: [0, 60_000, 300_000] };

/** What became of a delivery: acked in time, or an error by Slack's word for it. */
export type Outcome =
  | { readonly acked: true; readonly ms: number; readonly payload: Json }
  | {
      readonly acked: false;
      readonly error: 'operation_timeout' | 'dispatch_failed';
      readonly reason: string;
      readonly final: boolean;
    };

/** Brings envelopes to the app over whichever transport there is, times the ack and keeps the log. */
export class Courier {
  readonly #parts: { transport: Transport; faults: Faults; traffic: Traffic; timing: Timing };
  readonly #stopped = new AbortController();

  constructor(parts: { transport: Transport; faults: Faults; traffic: Traffic; timing: Timing }) {
    this.#parts = parts;
  }

  /** Delivers a command or an interaction once (or twice, on command); the first delivery's ack is what counts. */
  deliver(envelope: Envelope): Promise<Outcome> {
    const outcome = this.#deliverOnce(envelope);
    if (this.#parts.faults.take('redeliver')) void this.#deliverOnce(envelope);
    return outcome;
  }

  /**
   * Delivers an event; resolves with the first try's outcome. Further tries follow by themselves on Slack's schedule
   * until one is acked.
   */
  async deliverEvent(envelope: Envelope): Promise<Outcome> {
    const first = await this.#deliverOnce(envelope);
    void this.#retry(envelope, first).catch(() => undefined);
    return first;
  }

  close(): void {
    this.#stopped.abort();
  }

  async #retry(envelope: Envelope, first: Outcome): Promise<void> {
    let last = first;
    for (const [index, wait] of this.#parts.timing.eventRetriesMs.entries()) {
      if (last.acked || last.final) return;
      await delay(wait, undefined, { signal: this.#stopped.signal, ref: false });
      last = await this.#deliverOnce({ ...envelope, retry: { attempt: index + 1, reason: last.reason } });
    }
  }

  async #deliverOnce(envelope: Envelope): Promise<Outcome> {
    const { transport, traffic, timing } = this.#parts;
    const entry = traffic.add({
      direction: 'to_app',
      kind: envelope.type,
      type: typeOf(envelope),
      request: envelope.retry ? { ...envelope.payload, retry: envelope.retry } : envelope.payload,
    });
    const started = performance.now();
    const answered = transport
      .send(envelope)
      .then(
        (payload): Outcome => ({ acked: true, ms: elapsed(started), payload }),
        (error: unknown): Outcome => failed(error),
      )
      .then((outcome) => {
        note(entry, { outcome, ms: elapsed(started) });
        traffic.changed(entry);
        return outcome;
      });
    const timer = new AbortController();
    const late = delay(timing.ackMs, LATE, { signal: timer.signal }).catch(() => LATE);
    const outcome = await Promise.race([answered, late]);
    timer.abort();
    if (outcome === LATE) {
      entry.error = 'operation_timeout';
      traffic.changed(entry);
    }
    return outcome;
  }
}

const LATE: Outcome = { acked: false, error: 'operation_timeout', reason: 'http_timeout', final: false };

function failed(error: unknown): Outcome {
  const { reason, noRetry } = error instanceof Undelivered ? error : new Undelivered('unknown_error');
  return { acked: false, error: 'dispatch_failed', reason, final: noRetry };
}

/** Writes the outcome into the log, also that of an answer that came too late to count. */
function note(entry: Exchange, { outcome, ms }: { outcome: Outcome; ms: number }): void {
  entry.ms = ms;
  if (outcome.acked) entry.response = outcome.payload;
  else entry.error ??= outcome.reason;
}

function elapsed(since: number): number {
  return Math.round((performance.now() - since) * 10) / 10;
}

function typeOf({ type, payload }: Envelope): string {
  switch (type) {
    case 'slash_commands':
      return text(payload.command) ?? type;
    case 'interactive':
      return text(payload.type) ?? type;
    case 'events_api':
      return text(record(payload.event).type) ?? type;
  }
}
