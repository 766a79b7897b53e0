import type { Core } from '../core.ts';
import { CloudError } from '../failure.ts';
import type { BackupService, Receipt } from '../ports.ts';
import { workingStates } from './share-request.ts';
import type { RegisteredSharing } from './sharing.ts';

/** What is being tried, by backup: whoever takes up another sharing of it at the same time waits for the one call. */
const going = new WeakMap<BackupService, Map<string, Promise<Receipt<void> | undefined>>>();

/**
 * Stops every sharing of a backup by one call where people have ordered exactly that; undefined where this one is to be
 * stopped by itself. Only a shorter way: whether it is gone is read back for each, and what this way does not do, the
 * other one does at the next try.
 */
export async function stopTogether(
  core: Core,
  sharing: RegisteredSharing,
  signal: AbortSignal,
): Promise<Receipt<void> | undefined> {
  const { project, backupId } = sharing;
  if (sharing.attempts > 0) return undefined;
  const cloud = core.clouds.of(project);
  const calls = going.get(cloud) ?? new Map<string, Promise<Receipt<void> | undefined>>();
  going.set(cloud, calls);
  const call = calls.get(backupId) ?? inOneCall(core, sharing, signal).finally(() => calls.delete(backupId));
  calls.set(backupId, call);
  return call;
}

/** The ids of the backup's sharings if there are several, and people have ordered each of them to stop. */
async function allOrdered({ store }: Core, { project, backupId }: RegisteredSharing): Promise<Set<string> | undefined> {
  const registered = await store.sharings.ofBackup(project, backupId);
  const ordered = registered.filter(({ state, stoppedBy }) => state === 'stopping' && stoppedBy !== undefined);
  return ordered.length > 1 && ordered.length === registered.length ? new Set(ordered.map(({ id }) => id)) : undefined;
}

async function inOneCall(
  core: Core,
  sharing: RegisteredSharing,
  signal: AbortSignal,
): Promise<Receipt<void> | undefined> {
  const { project, backupId } = sharing;
  const cloud = core.clouds.of(project);
  if ((await allOrdered(core, sharing)) === undefined) return undefined;
  try {
    const found: string[] = [];
    for await (const one of cloud.sharings({ direction: 'out', backupId }, signal)) {
      // A cloud that does not know the filter answers everything.
      if (one.backupId === backupId) found.push(one.id);
    }
    // Read again after the list: what was made by hand, or is just being made on a request, is nobody's order to stop.
    const ordered = await allOrdered(core, sharing);
    const isOrdered = found.length > 0 && found.every((id) => ordered?.has(id));
    if (!isOrdered || (await isBeingShared(core, sharing))) return undefined;
    return await cloud.stopSharingsOf(backupId, signal);
  } catch (error) {
    if (error instanceof CloudError) return undefined;
    throw error;
  }
}

async function isBeingShared({ store }: Core, { project, backupId }: RegisteredSharing): Promise<boolean> {
  const filter = { projects: [project], backupId, states: [...workingStates] };
  return (await store.shareRequests.list(filter, { offset: 0, limit: 1 })).total > 0;
}
