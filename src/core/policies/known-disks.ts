import type { Change } from '../changes/change.ts';
import type { Core } from '../core.ts';
import type { Policy } from './policy.ts';
import type { TaskRow } from './task-store.ts';

export type PolicyName = Pick<Policy, 'id' | 'name'>;

/** Where a disk was seen last. */
export interface DiskPlace {
  readonly diskId: string;
  /** The policy that it is in; undefined where it is in none any more. */
  readonly policy: PolicyName | undefined;
}

/** Which disk is in which policy, as far as that is known. */
export interface KnownDisks {
  readonly places: ReadonlyMap<string, DiskPlace>;
  /** The disks of a policy that are known, by id. The policy's own count may differ. */
  of(policyId: string): readonly string[];
}

/** Changes that were made through the bot and tell of disks; older ones say no more than the tasks do. */
const MOST_CHANGES = 500;

interface Evidence {
  readonly diskId: string;
  readonly policyId: string | undefined;
  readonly at: Date;
}

/**
 * Which disk is in which policy of a project. The cloud has no call that tells it, only how many a policy has; what tells
 * it is the tasks of its runs, which the sweep puts down, and what was changed through the bot. Of each disk, the newest
 * evidence counts. `policies` are those that there are now.
 */
export async function knownDisks(core: Core, project: string, policies: readonly PolicyName[]): Promise<KnownDisks> {
  const [tasks, changes] = await Promise.all([
    core.store.tasks.newestOfDisks(project),
    core.store.changes.list(
      { projects: [project], states: ['done'], kinds: ['policy.add-disks', 'policy.remove-disks'] },
      { offset: 0, limit: MOST_CHANGES },
    ),
  ]);
  return placesFrom([...tasks.map(ofTask), ...changes.items.flatMap(ofChange)], policies);
}

function ofTask({ diskId, policyId, createdAt }: TaskRow): Evidence {
  return { diskId, policyId, at: createdAt };
}

function ofChange({ deed, result, finishedAt, updatedAt }: Change): readonly Evidence[] {
  if (deed.kind !== 'policy.add-disks' && deed.kind !== 'policy.remove-disks') return [];
  const policyId = deed.kind === 'policy.add-disks' ? deed.policyId : undefined;
  return (result?.disks?.succeeded ?? []).map((diskId) => ({ diskId, policyId, at: finishedAt ?? updatedAt }));
}

/** What is later in the list wins over what is of the same moment. */
function placesFrom(evidence: readonly Evidence[], policies: readonly PolicyName[]): KnownDisks {
  const newest = new Map<string, Evidence>();
  for (const one of evidence) {
    const known = newest.get(one.diskId);
    if (known === undefined || known.at <= one.at) newest.set(one.diskId, one);
  }
  const places = new Map(
    [...newest.values()].map(({ diskId, policyId }) => {
      const policy = policies.find(({ id }) => id === policyId);
      return [diskId, { diskId, policy: policy && { id: policy.id, name: policy.name } }] as const;
    }),
  );
  return {
    places,
    of: (policyId) => [...places.values()].filter(({ policy }) => policy?.id === policyId).map(({ diskId }) => diskId),
  };
}
