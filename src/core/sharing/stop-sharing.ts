import { BOT, recordedBackup } from '../audit.ts';
import type { Claimed } from '../claims.ts';
import type { Core } from '../core.ts';
import { InvalidInput, NotFound } from '../errors.ts';
import { CloudError, type Failure, unlessGone } from '../failure.ts';
import type { Stores } from '../stores.ts';
import { waitBefore } from '../timing.ts';
import type { RegisteredSharing, Sharing } from './sharing.ts';
import { stopTogether } from './stop-together.ts';
import { tellOfStop } from './tell-of-stop.ts';

/**
 * Reads the sharings that a stop would end and puts them into the register, so that the order to stop them can be
 * kept: one of them, or all that the project shares of a backup. Throws NotAllowed, NotFound, CloudError.
 */
export async function prepareStop(
  core: Core,
  wish: { by: string; project: string; sharingId?: string; backupId?: string },
): Promise<readonly RegisteredSharing[]> {
  const project = core.projects.get(wish.project);
  await core.access.assert('stop', project, wish.by);
  const cloud = core.clouds.of(project.alias);
  const found: Sharing[] = [];
  if (wish.sharingId !== undefined) found.push(await orNotFound(cloud.sharing(wish.sharingId), wish.sharingId));
  else {
    const filter = { direction: 'out' as const, ...(wish.backupId === undefined ? {} : { backupId: wish.backupId }) };
    for await (const sharing of cloud.sharings(filter)) if (sharing.backupId === wish.backupId) found.push(sharing);
  }
  const own = found.filter((sharing) => sharing.fromProjectId === project.id);
  return core.store.transaction(async (stores) => {
    const registered: RegisteredSharing[] = [];
    for (const sharing of own) {
      const fresh = register(sharing, project.alias, core.clock.now());
      await stores.sharings.insert(fresh);
      registered.push((await stores.sharings.get(sharing.id)) ?? fresh);
    }
    return registered.filter((sharing) => sharing.state !== 'stopped');
  });
}

/**
 * Orders the bot to stop these sharings. All of them are marked or none; what is already being stopped stays so. Throws
 * NotAllowed, NotFound, InvalidInput.
 */
export async function orderStop(
  core: Core,
  order: { by: string; project: string; sharingIds: readonly string[] },
): Promise<void> {
  const project = core.projects.get(order.project);
  await core.access.assert('stop', project, order.by);
  if (order.sharingIds.length === 0) throw new InvalidInput([{ field: 'sharings', rule: 'required' }]);
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    for (const id of order.sharingIds) {
      const sharing = await stores.sharings.get(id);
      if (!sharing || sharing.project !== project.alias) throw new NotFound('sharing', id);
      await markStopping(stores, { sharing, by: order.by, at });
    }
  });
}

/** Orders the stop of every sharing whose end has come. Answers how many. */
export async function orderEndedStops(core: Core, limit: number): Promise<number> {
  const at = core.clock.now();
  const ended = await core.store.sharings.ended(at, limit);
  for (const sharing of ended) {
    await core.store.transaction((stores) => markStopping(stores, { sharing, by: undefined, at }));
  }
  return ended.length;
}

async function markStopping(
  stores: Stores,
  { sharing, by, at }: { sharing: RegisteredSharing; by: string | undefined; at: Date },
): Promise<void> {
  if (!(await stores.sharings.orderStop(sharing.id, { by, at }))) return;
  if (sharing.requestId !== undefined) await stores.cards.raise('share-request', sharing.requestId);
  await stores.audit.write({
    at,
    actor: by ?? BOT,
    action: 'sharing.stop-requested',
    project: sharing.project,
    subject: sharing.id,
    outcome: 'ok',
    details: { ...recordedBackup(sharing.backupId, sharing.backupName), target: sharing.toProjectId },
    cloudRequestId: undefined,
  });
}

/** Stops one leased sharing and makes sure, by reading back, that it is gone. Repeating it does no harm. */
export async function workOnStop(core: Core, claim: Claimed<RegisteredSharing>, signal: AbortSignal): Promise<void> {
  const { item: sharing } = claim;
  if (!core.projects.manages(sharing.project)) {
    return stopFailed(core, claim, { failure: { kind: 'project_gone' }, afterMs: undefined });
  }
  const cloud = core.clouds.of(sharing.project);
  try {
    const together = await stopTogether(core, sharing, signal);
    const receipt = together ?? (await unlessGone(cloud.stopSharing(sharing.id, signal)));
    const requestId = receipt?.requestId ?? takenBefore(sharing);
    if ((await unlessGone(cloud.sharing(sharing.id, signal))) !== undefined) {
      const failure: Failure = { kind: 'not_confirmed', ...(requestId && { requestId }) };
      await stopFailed(core, claim, { failure, afterMs: waitOf(core, sharing, undefined) });
      return;
    }
    await stopDone(core, claim, requestId);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    // Nobody stands by when an end comes: what is refused then is tried again as well.
    const again = error.again !== undefined || error.effect === 'unknown' || sharing.stoppedBy === undefined;
    const wait = waitOf(core, sharing, error.again?.afterMs);
    await stopFailed(core, claim, { failure: error.failure, afterMs: again ? wait : undefined });
  }
}

/** The request id of an earlier call that the cloud took, and that did not show at once. */
function takenBefore({ failure }: RegisteredSharing): string | undefined {
  return failure?.kind === 'not_confirmed' ? failure.requestId : undefined;
}

function waitOf({ timing, ids }: Core, { attempts }: RegisteredSharing, afterMs: number | undefined): number {
  return waitBefore(timing, attempts + 1, { afterMs, random: ids.random() });
}

async function stopDone(core: Core, claim: Claimed<RegisteredSharing>, requestId: string | undefined): Promise<void> {
  const { item: sharing, lease } = claim;
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    if (!(await stores.sharings.stopped(sharing.id, lease, at))) return;
    await record(stores, { sharing, at, outcome: 'ok', failure: undefined, requestId });
    await tellOfStop(core, stores, { sharing, event: 'stopped', at });
  });
}

async function stopFailed(
  core: Core,
  { item: sharing, lease }: Claimed<RegisteredSharing>,
  { failure, afterMs }: { failure: Failure; afterMs: number | undefined },
): Promise<void> {
  const at = core.clock.now();
  const attempts = sharing.attempts + 1;
  const again = afterMs !== undefined && attempts < core.timing.tries;
  await core.store.transaction(async (stores) => {
    const outcome = again
      ? { failure, attempts, nextAttemptAt: new Date(at.getTime() + afterMs) }
      : { failure, giveUp: true as const };
    if (!(await stores.sharings.stopFailed(sharing.id, lease, outcome))) return;
    if (again) {
      if (sharing.failure === undefined) await tellOfStop(core, stores, { sharing, event: 'delayed', at });
      return;
    }
    await record(stores, { sharing, at, outcome: 'failed', failure, requestId: failure.requestId });
    await tellOfStop(core, stores, { sharing, event: 'stop-failed', at });
  });
}

async function record(
  stores: Stores,
  about: {
    sharing: RegisteredSharing;
    at: Date;
    outcome: 'ok' | 'failed';
    failure: Failure | undefined;
    requestId: string | undefined;
  },
): Promise<void> {
  await stores.audit.write({
    at: about.at,
    actor: about.sharing.stoppedBy ?? BOT,
    action: 'sharing.stopped',
    project: about.sharing.project,
    subject: about.sharing.id,
    outcome: about.outcome,
    details: {
      ...recordedBackup(about.sharing.backupId, about.sharing.backupName),
      target: about.sharing.toProjectId,
      ...(about.failure ? { reason: about.failure.kind, code: about.failure.code ?? '' } : {}),
    },
    cloudRequestId: about.requestId,
  });
}

function register(sharing: Sharing, project: string, now: Date): RegisteredSharing {
  return {
    id: sharing.id,
    project,
    backupId: sharing.backupId,
    backupName: sharing.backup?.name,
    toProjectId: sharing.toProjectId,
    requestId: undefined,
    state: 'active',
    stopAt: undefined,
    stoppedBy: undefined,
    stoppedAt: undefined,
    failure: undefined,
    attempts: 0,
    createdAt: sharing.createdAt ?? now,
  };
}

async function orNotFound(reading: Promise<Sharing>, id: string): Promise<Sharing> {
  const sharing = await unlessGone(reading);
  if (!sharing) throw new NotFound('sharing', id);
  return sharing;
}
