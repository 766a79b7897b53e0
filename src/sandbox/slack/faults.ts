import { z } from 'zod';

const times = z.union([z.int().min(1), z.literal('until_cleared')]).default(1);

/** What goes wrong with the next `times` calls of a Web API method. */
const methodFault = z.discriminatedUnion('kind', [
  /** An HTTP status with a body that is not JSON. */
  z.strictObject({ kind: z.literal('http'), status: z.int().min(400).max(599).default(500), times }),
  /** HTTP 429 with `Retry-After`, in seconds. */
  z.strictObject({ kind: z.literal('rate_limit'), retry_after: z.int().min(0).default(1), times }),
  /** `{"ok": false, "error": …}`. */
  z.strictObject({ kind: z.literal('error'), error: z.string().min(1), times }),
  /** The call works, this many milliseconds later. */
  z.strictObject({ kind: z.literal('latency'), ms: z.int().min(0), times }),
  /** The connection is cut and nothing was done. */
  z.strictObject({ kind: z.literal('cut_before'), times }),
  /** The work is done, then the connection is cut: the answer is lost. */
  z.strictObject({ kind: z.literal('cut_after'), times }),
]);

export type MethodFault = z.infer<typeof methodFault>;

const reasons = ['warning', 'refresh_requested', 'link_disabled'] as const;
export type DisconnectReason = (typeof reasons)[number];

/** The body of `POST /_sandbox/faults`. */
export const faultsSchema = z.strictObject({
  /** Forgets all faults set before, then sets those of this call. */
  clear: z.literal(true).optional(),
  /** By method, or `*` for all. Faults of one method come one after the other. */
  slack: z.record(z.string(), z.union([methodFault, z.array(methodFault)])).optional(),
  socket: z
    .strictObject({
      /** Sends `disconnect` on live connections, with this reason (`true`: `refresh_requested`). */
      disconnect: z.union([z.literal(true), z.enum(reasons)]).optional(),
      /** Cuts live connections without a word. */
      drop: z.literal(true).optional(),
      /** How many connections `disconnect` and `drop` strike; all, if left out. */
      connections: z.int().min(1).optional(),
      /** So many calls of `apps.connections.open` are answered `internal_error`. */
      refuse_open: z.int().min(0).optional(),
    })
    .optional(),
  /** So many of the next commands and interactions are delivered twice. */
  redeliver: z.int().min(0).optional(),
  /** Signed HTTP alone: so many deliveries with a wrong signature, or with a true one of ten minutes ago. */
  signature: z.strictObject({ forge: z.int().min(0).optional(), stale: z.int().min(0).optional() }).optional(),
  /** Switches Slack's rate limits on or off. `clear` leaves them. */
  rate_limits: z.boolean().optional(),
  /** Passed on to the simulator of the cloud. */
  vbs: z.unknown().optional(),
});

export type FaultsRequest = z.infer<typeof faultsSchema>;

/** Faults that wait for their call. */
export class Faults {
  readonly #methods = new Map<string, MethodFault[]>();
  #counters = { redeliver: 0, forge: 0, stale: 0, refuseOpen: 0 };

  set(request: FaultsRequest): void {
    if (request.clear) {
      this.#methods.clear();
      this.#counters = { redeliver: 0, forge: 0, stale: 0, refuseOpen: 0 };
    }
    for (const [method, faults] of Object.entries(request.slack ?? {})) {
      this.#methods.set(method, Array.isArray(faults) ? [...faults] : [faults]);
    }
    const { redeliver, signature, socket } = request;
    if (redeliver !== undefined) this.#counters.redeliver = redeliver;
    if (signature?.forge !== undefined) this.#counters.forge = signature.forge;
    if (signature?.stale !== undefined) this.#counters.stale = signature.stale;
    if (socket?.refuse_open !== undefined) this.#counters.refuseOpen = socket.refuse_open;
  }

  /** The fault that strikes this call, counted down. A method's own faults come before those of `*`. */
  takeForCall(method: string): MethodFault | undefined {
    for (const key of [method, '*']) {
      const queue = this.#methods.get(key);
      const fault = queue?.[0];
      if (!queue || !fault) continue;
      if (fault.times === 1) queue.shift();
      else if (fault.times !== 'until_cleared') queue[0] = { ...fault, times: fault.times - 1 };
      return fault;
    }
    return undefined;
  }

  /** True if the fault strikes now, counted down. */
  take(counter: 'redeliver' | 'forge' | 'stale' | 'refuseOpen'): boolean {
    if (this.#counters[counter] === 0) return false;
    this.#counters[counter] -= 1;
    return true;
  }
}
