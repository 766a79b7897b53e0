import { z } from 'zod';
import type { FaultsRequest } from '../faults.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { servesMethod } from '../web-api/serve.ts';
import { Refusal } from './refusal.ts';

/** Takes the simulator's share of a faults request. */
export type SimulatorFaults = (faults: unknown) => unknown;

/** Sets faults; what concerns open connections strikes at once. */
export async function causeTrouble(
  parts: Parts,
  request: FaultsRequest,
  simulator: SimulatorFaults | undefined,
): Promise<Json> {
  if (request.vbs !== undefined && !simulator) throw new Refusal('no simulator is attached');
  const stray = Object.keys(request.slack ?? {}).find((method) => method !== '*' && !servesMethod(method));
  if (stray !== undefined) throw new Refusal(`there is no method ${stray} that could fail; * is every method`);
  parts.faults.set(request);
  if (request.rate_limits !== undefined) parts.limits.enabled = request.rate_limits;
  const { disconnect, drop, connections } = request.socket ?? {};
  if (disconnect !== undefined) {
    parts.socketMode.disconnect(disconnect === true ? 'refresh_requested' : disconnect, connections);
  }
  if (drop === true) parts.socketMode.drop(connections);
  if (request.vbs === undefined) return { ok: true };
  return { ok: true, vbs: await simulatorFaults(simulator, request.vbs) };
}

async function simulatorFaults(simulator: SimulatorFaults | undefined, faults: unknown): Promise<unknown> {
  try {
    return (await simulator?.(faults)) ?? null;
  } catch (error) {
    if (error instanceof z.ZodError) throw new Refusal(`vbs:\n${z.prettifyError(error)}`);
    throw new Refusal(`vbs: ${error instanceof Error ? error.message : String(error)}`);
  }
}
