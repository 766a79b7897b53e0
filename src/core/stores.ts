import type { AskedStore } from './asked-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { CardStore } from './card-store.ts';
import type { ChangeState } from './changes/change.ts';
import type { ChangeStore } from './changes/change-store.ts';
import type { RunState } from './policies/policy-run.ts';
import type { RunStore } from './policies/run-store.ts';
import type { TaskStore } from './policies/task-store.ts';
import type { WatchStore } from './policies/watch-store.ts';
import type { ShareState } from './sharing/share-request.ts';
import type { ShareRequestStore } from './sharing/share-request-store.ts';
import type { SharingStore } from './sharing/sharing-store.ts';

/** The stores, inside one transaction or each call in its own. */
export interface Stores {
  readonly shareRequests: ShareRequestStore;
  readonly sharings: SharingStore;
  readonly changes: ChangeStore;
  readonly asked: AskedStore;
  readonly runs: RunStore;
  readonly tasks: TaskStore;
  readonly watches: WatchStore;
  readonly cards: CardStore;
  readonly audit: AuditStore;
}

export const topics = ['cards', 'shareRequests', 'sharings', 'changes', 'runs', 'tasks', 'watches', 'audit'] as const;
export type Topic = (typeof topics)[number];

/** How many there are in each state, for those who watch the bot from outside. */
export interface StoreCounts {
  readonly shareRequests: ReadonlyMap<ShareState, number>;
  readonly changes: ReadonlyMap<ChangeState, number>;
  readonly runs: ReadonlyMap<RunState, number>;
  /** `waiting`: to be posted or brought up to date; `refused`: Slack will not take them where they are to go. */
  readonly cards: ReadonlyMap<'waiting' | 'refused', number>;
}

export interface Store extends Stores {
  /** All of it or nothing. A conflict that the database resolves by failing one side is tried again. */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Called after each commit with what it wrote, so that workers wake at once. Returns the way to stop it. */
  onCommit(listener: (written: ReadonlySet<Topic>) => void): () => void;
  counts(): Promise<StoreCounts>;
  /** Throws unless the database answers. */
  ping(): Promise<void>;
  /**
   * Throws unless the database takes writes and keeps them: not on a full disk, or while it is read-only; not where its
   * file has been removed, or a newer version has changed its tables since the start.
   */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}
