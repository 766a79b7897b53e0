import type { BackupFacts, NewBackup, Tag } from '../backups/backup.ts';
import type { Failure } from '../failure.ts';
import type { DiskOutcomes, PolicyPlan, TagAction } from '../policies/policy.ts';
import type { Vote } from '../votes.ts';

/** A policy that is changed, by the name that it had when the change was asked for. */
interface OfPolicy {
  readonly policyId: string;
  readonly policyName: string;
}

/** What is to be changed in the cloud, with what a card needs to tell of it. */
export type Deed =
  | { readonly kind: 'backup.create'; readonly backup: NewBackup }
  | {
      readonly kind: 'backup.restore';
      readonly backupId: string;
      readonly backup: BackupFacts | undefined;
      /** The disk that is overwritten. */
      readonly diskId: string;
    }
  | { readonly kind: 'backup.delete'; readonly backupId: string; readonly backup: BackupFacts | undefined }
  | { readonly kind: 'policy.create'; readonly plan: PolicyPlan; readonly tags: readonly Tag[] }
  | ({ readonly kind: 'policy.modify'; readonly plan: PolicyPlan; readonly before: PolicyPlan } & OfPolicy)
  | ({ readonly kind: 'policy.switch'; readonly enabled: boolean } & OfPolicy)
  | ({ readonly kind: 'policy.delete'; readonly disks: number; readonly diskIds: readonly string[] } & OfPolicy)
  | ({
      readonly kind: 'policy.add-disks';
      readonly diskIds: readonly string[];
      /** The policies that disks are taken from, where that is known. */
      readonly taken: readonly { readonly diskId: string; readonly policyName: string }[];
    } & OfPolicy)
  | ({ readonly kind: 'policy.remove-disks'; readonly diskIds: readonly string[] } & OfPolicy)
  | ({ readonly kind: 'policy.tags'; readonly action: TagAction; readonly tags: readonly Tag[] } & OfPolicy);

export type DeedKind = Deed['kind'];
export type DeedOf<K extends DeedKind> = Extract<Deed, { readonly kind: K }>;

/** The kinds that the owners decide on before they are carried out; the others are carried out at once. */
export const decidedKinds = ['backup.restore', 'backup.delete'] as const satisfies readonly DeedKind[];

/** Whether it takes its time, so that whoever asked is told of the outcome in person; policies answer at once. */
export function needsRequester(kind: DeedKind): boolean {
  return kind.startsWith('backup.');
}

/** What came of it, as far as the cloud tells. */
export interface ChangeResult {
  /** The backup that was made, or is being worked on. */
  readonly backupId?: string;
  readonly policyId?: string;
  readonly jobId?: string;
  readonly disks?: DiskOutcomes;
  /** The cloud's id of the call that began it. */
  readonly requestId?: string;
}

export const changeStates = [
  'pending',
  'approved',
  'executing',
  'unknown',
  'running',
  'done',
  'failed',
  'rejected',
  'withdrawn',
  'expired',
] as const;
export type ChangeState = (typeof changeStates)[number];

/**
 * One change in the cloud, from the wish to the outcome. Most are `approved` from the beginning; what takes data away or
 * overwrites it waits for the owners.
 */
export interface Change {
  readonly id: string;
  /** Alias of the project in which it is made. */
  readonly project: string;
  readonly deed: Deed;
  /** Undefined where none is asked for. */
  readonly reason: string | undefined;
  readonly requester: string;
  /** 0 where nobody has to approve. */
  readonly approvalsNeeded: number;
  readonly votes: readonly Vote[];
  /** When it lapses if nobody decides. */
  readonly expiresAt: Date;
  readonly state: ChangeState;
  /** Who ended it by hand: rejected, withdrew. */
  readonly closedBy: string | undefined;
  readonly failure: Failure | undefined;
  readonly result: ChangeResult | undefined;
  /** When the call was last made without its outcome being known since. */
  readonly calledAt: Date | undefined;
  /** When the cloud began to work on it. */
  readonly startedAt: Date | undefined;
  readonly finishedAt: Date | undefined;
  readonly attempts: number;
  readonly nextAttemptAt: Date | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is known of a change that has not been begun: at first, and when it is tried again. */
export const NOT_BEGUN = {
  failure: undefined,
  result: undefined,
  calledAt: undefined,
  startedAt: undefined,
  finishedAt: undefined,
  attempts: 0,
  nextAttemptAt: undefined,
} as const satisfies Partial<Change>;

/** The states that the change worker takes up. */
export const workingChangeStates = [
  'approved',
  'executing',
  'unknown',
  'running',
] as const satisfies readonly ChangeState[];

/** The states before the outcome. */
export const openChangeStates = ['pending', ...workingChangeStates] as const satisfies readonly ChangeState[];

/** What a change is about, by the cloud's id: a backup, disk or policy; a policy to be made, by its name. */
export function targetOf(deed: Deed): string {
  switch (deed.kind) {
    case 'backup.create':
      return deed.backup.diskId;
    case 'backup.restore':
    case 'backup.delete':
      return deed.backupId;
    case 'policy.create':
      return deed.plan.name;
    default:
      return deed.policyId;
  }
}
