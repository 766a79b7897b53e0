import { factsOf } from '../backups/backup.ts';
import type { Core } from '../core.ts';
import { type InputFault, InvalidInput } from '../errors.ts';
import type { ManagedProject } from '../projects.ts';
import { reasonFaults } from '../reason.ts';
import type { Stores } from '../stores.ts';
import { isUuid } from '../uuid.ts';
import { tidyReason } from '../votes.ts';
import { doubledTargets } from './doubled-targets.ts';
import type { ShareRequest, ShareTarget } from './share-request.ts';

export const TARGETS_MAX = 20;

export interface ShareWish {
  readonly by: string;
  readonly project: string;
  readonly backupId: string;
  /** Aliases, or cloud ids where the project allows unknown targets. */
  readonly targets: readonly string[];
  readonly reason: string;
  readonly endsAt: Date | undefined;
  /** The form it came from: sent twice, it makes one request. */
  readonly dedupeKey: string;
}

const PROJECT_ID = /^[0-9a-f]{32}$/i;

/** Files a request and its card. Asks no cloud. Throws NotFound, NotAllowed or InvalidInput and then changes nothing. */
export async function requestShare(core: Core, wish: ShareWish): Promise<ShareRequest> {
  const project = core.projects.get(wish.project);
  await core.access.assert('request', project, wish.by);
  const now = core.clock.now();
  const targets = wish.targets.map((name) => resolveTarget(core, project, name));
  const seen = core.catalogue.peek(project.alias, wish.backupId);
  const faults = [
    ...faultsOf(wish, now),
    ...targets.flatMap((target) => ('rule' in target ? [target] : [])),
    ...(seen && seen.status !== 'available'
      ? [{ field: 'backup', rule: 'not_available' as const, about: seen.status }]
      : []),
  ];
  if (faults.length > 0) throw new InvalidInput(faults);

  const request: ShareRequest = {
    id: core.ids.next(),
    project: project.alias,
    backupId: wish.backupId.toLowerCase(),
    backup: seen && factsOf(seen),
    targets: unique(targets.flatMap((target) => ('rule' in target ? [] : [target]))),
    votes: [],
    reason: tidyReason(wish.reason),
    requester: wish.by,
    endsAt: wish.endsAt,
    expiresAt: earlier(new Date(now.getTime() + project.requestOpenForMs), wish.endsAt),
    approvalsNeeded: project.approvals,
    state: 'pending',
    closedBy: undefined,
    failure: undefined,
    calledAt: undefined,
    attempts: 0,
    nextAttemptAt: undefined,
    createdAt: now,
    updatedAt: now,
  };
  return core.store.transaction((stores) => file(stores, { request, project, dedupeKey: wish.dedupeKey }));
}

async function file(
  stores: Stores,
  { request, project, dedupeKey }: { request: ShareRequest; project: ManagedProject; dedupeKey: string },
): Promise<ShareRequest> {
  if (!(await stores.shareRequests.insert(request, dedupeKey))) {
    return (await stores.shareRequests.byDedupeKey(dedupeKey)) ?? request;
  }
  const doubled = await doubledTargets(stores, request, request.targets);
  if (doubled.length > 0) throw new InvalidInput(doubled);
  await stores.cards.open({
    kind: 'share-request',
    entityId: request.id,
    place: { kind: 'channel', id: project.approvalsChannel },
  });
  await stores.audit.write({
    at: request.createdAt,
    actor: request.requester,
    action: 'share.requested',
    project: project.alias,
    subject: request.id,
    outcome: 'ok',
    details: {
      backup: request.backupId,
      targets: request.targets.map((target) => target.projectId),
      reason: request.reason,
      until: request.endsAt?.toISOString() ?? 'no end',
    },
    cloudRequestId: undefined,
  });
  return request;
}

function faultsOf(wish: ShareWish, now: Date): InputFault[] {
  const faults: InputFault[] = [];
  if (!isUuid(wish.backupId)) faults.push({ field: 'backup', rule: 'malformed' });
  faults.push(...reasonFaults(tidyReason(wish.reason)));
  const { length } = wish.targets;
  if (length === 0) faults.push({ field: 'targets', rule: 'required' });
  if (length > TARGETS_MAX) faults.push({ field: 'targets', rule: 'too_long', about: String(TARGETS_MAX) });
  if (wish.endsAt && wish.endsAt <= now) faults.push({ field: 'endsAt', rule: 'in_the_past' });
  return faults;
}

function resolveTarget(core: Core, project: ManagedProject, name: string): ShareTarget | InputFault {
  const known = core.projects.find(name);
  if (known?.id === project.id) return { field: 'targets', rule: 'own_project', about: project.alias };
  if (known) return { projectId: known.id, alias: known.alias, state: 'waiting', sharingId: undefined };
  if (!project.allowUnknownTargets) return { field: 'targets', rule: 'unknown_target', about: name };
  if (!PROJECT_ID.test(name)) return { field: 'targets', rule: 'malformed', about: name };
  return { projectId: name.toLowerCase(), alias: undefined, state: 'waiting', sharingId: undefined };
}

function unique(targets: readonly ShareTarget[]): readonly ShareTarget[] {
  return [...new Map(targets.map((target) => [target.projectId, target])).values()];
}

function earlier(a: Date, b: Date | undefined): Date {
  return b && b < a ? b : a;
}
