import type { Core } from '../core.ts';
import { type Action, InvalidInput } from '../errors.ts';
import type { ManagedProject } from '../projects.ts';
import { reasonFaults } from '../reason.ts';
import type { Stores } from '../stores.ts';
import { tidyReason } from '../votes.ts';
import {
  type Change,
  type Deed,
  type DeedKind,
  decidedKinds,
  NOT_BEGUN,
  openChangeStates,
  targetOf,
} from './change.ts';
import { deedFaults } from './check-deed.ts';
import { detailsOf } from './record-change.ts';

export interface ChangeWish {
  readonly by: string;
  readonly project: string;
  readonly deed: Deed;
  /** Needed where the owners decide. */
  readonly reason?: string;
  /** The form it came from: sent twice, it makes one change. */
  readonly dedupeKey: string;
}

/**
 * Files a change and its card. Asks no cloud. One that needs no approval is carried out at once. Throws NotFound,
 * NotAllowed or InvalidInput and then changes nothing.
 */
export async function requestChange(core: Core, wish: ChangeWish): Promise<Change> {
  const { deed } = wish;
  const project = core.projects.get(wish.project);
  await core.access.assert(rightTo(deed.kind), project, wish.by);
  const decided = needsDecision(deed.kind);
  const reason = tidyReason(wish.reason ?? '');
  const faults = [
    ...deedFaults(deed),
    ...(needsSnapshot(deed, project) ? [{ field: 'snapshot', rule: 'required' } as const] : []),
    ...(decided || reason !== '' ? reasonFaults(reason) : []),
  ];
  if (faults.length > 0) throw new InvalidInput(faults);
  const now = core.clock.now();
  const change: Change = {
    id: core.ids.next(),
    project: project.alias,
    deed,
    reason: reason === '' ? undefined : reason,
    requester: wish.by,
    approvalsNeeded: decided ? project.approvals : 0,
    votes: [],
    expiresAt: new Date(now.getTime() + project.requestOpenForMs),
    state: decided ? 'pending' : 'approved',
    closedBy: undefined,
    ...NOT_BEGUN,
    createdAt: now,
    updatedAt: now,
  };
  return core.store.transaction((stores) => file(stores, { change, project, dedupeKey: wish.dedupeKey }));
}

/** The native call backs up a snapshot that is there already. */
function needsSnapshot(deed: Deed, { nativeBackups = false }: ManagedProject): boolean {
  return nativeBackups && deed.kind === 'backup.create' && deed.backup.snapshotId === undefined;
}

/** The right that it takes to ask for this; owners decide on what they did not ask for. */
export function rightTo(kind: DeedKind): Action {
  if (needsDecision(kind)) return 'ask-change';
  return kind === 'backup.create' ? 'back-up' : 'manage';
}

/** Whether the owners decide before it is carried out. */
function needsDecision(kind: DeedKind): boolean {
  return decidedKinds.some((one) => one === kind);
}

async function file(
  stores: Stores,
  { change, project, dedupeKey }: { change: Change; project: ManagedProject; dedupeKey: string },
): Promise<Change> {
  if (!(await stores.changes.insert(change, dedupeKey))) {
    return (await stores.changes.byDedupeKey(dedupeKey)) ?? change;
  }
  await refuseDoubled(stores, change);
  // Backups that are made belong to the operators, like runs; all else is for the owners to see.
  const channel = change.deed.kind === 'backup.create' ? project.alertsChannel : project.approvalsChannel;
  await stores.cards.open({ kind: 'change', entityId: change.id, place: { kind: 'channel', id: channel } });
  await stores.audit.write({
    at: change.createdAt,
    actor: change.requester,
    action: 'change.requested',
    project: project.alias,
    subject: change.id,
    outcome: 'ok',
    details: { ...detailsOf(change), ...(change.reason === undefined ? {} : { reason: change.reason }) },
    cloudRequestId: undefined,
  });
  return change;
}

/**
 * Refuses a change of what another open change is about: two restorations of one backup, or two changes of one policy at
 * the same time, end as nobody wished. Holds it for the rest of the transaction. Throws InvalidInput.
 */
export async function refuseDoubled(stores: Stores, change: Change): Promise<void> {
  const { deed, project } = change;
  const target = targetOf(deed);
  await stores.changes.hold(project, target);
  const filter = { projects: [project], target, states: openChangeStates };
  const { items } = await stores.changes.list(filter, { offset: 0, limit: 2 });
  const other = items.find(({ id }) => id !== change.id);
  if (other) throw new InvalidInput([{ field: fieldOf(deed.kind), rule: 'being_changed', about: other.requester }]);
  if (deed.kind === 'policy.add-disks') await refuseMovedTwice(stores, change, deed.diskIds);
}

/** A disk is in one policy: of two that it is put into at the same time, a call that is repeated would win over the later one. */
async function refuseMovedTwice(stores: Stores, { id, project }: Change, diskIds: readonly string[]): Promise<void> {
  await stores.changes.hold(project, 'disks of policies');
  const filter = { projects: [project], kinds: ['policy.add-disks'], states: openChangeStates } as const;
  const { items } = await stores.changes.list(filter, { offset: 0, limit: 1_000 });
  const other = items.find(
    (one) =>
      one.id !== id && one.deed.kind === 'policy.add-disks' && one.deed.diskIds.some((disk) => diskIds.includes(disk)),
  );
  if (other) throw new InvalidInput([{ field: 'disks', rule: 'being_changed', about: other.requester }]);
}

function fieldOf(kind: DeedKind): string {
  if (kind === 'backup.create') return 'disk';
  if (kind === 'policy.create') return 'name';
  return kind.startsWith('backup.') ? 'backup' : 'policy';
}
