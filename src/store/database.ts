import type { Generated } from 'kysely';
import type { AuditAction, AuditEntry } from '../core/audit.ts';
import type { CardKind, CardPlace } from '../core/cards.ts';
import type { ChangeState, DeedKind } from '../core/changes/change.ts';
import type { TaskStatus } from '../core/policies/policy.ts';
import type { PolicyRun, RunState } from '../core/policies/policy-run.ts';
import type { ShareState, TargetState } from '../core/sharing/share-request.ts';
import type { RegisteredSharingState } from '../core/sharing/sharing.ts';
import type { Vote, VoteKind } from '../core/votes.ts';

/** A moment in UTC, `2026-11-20T10:00:00.000Z`: as text it sorts as in time. */
export type Time = string;
/** JSON as text. */
export type Json = string;

/** One worker's claim on a row. */
interface Leased {
  lease: string | null;
  lease_until: Time | null;
}

/** One person's vote. */
export interface VoteColumns {
  side: Vote['side'];
  user_id: string;
  kind: VoteKind;
  reason: string | null;
  at: Time;
}

export interface ShareRequestTable extends Leased {
  id: string;
  dedupe_key: string;
  project: string;
  backup_id: string;
  backup: Json | null;
  reason: string;
  requester: string;
  ends_at: Time | null;
  expires_at: Time;
  approvals_needed: number;
  state: ShareState;
  closed_by: string | null;
  failure: Json | null;
  called_at: Time | null;
  attempts: number;
  next_attempt_at: Time | null;
  created_at: Time;
  updated_at: Time;
}

export interface ShareTargetTable {
  request_id: string;
  project_id: string;
  position: number;
  alias: string | null;
  state: TargetState;
  sharing_id: string | null;
}

export interface ShareVoteTable extends VoteColumns {
  request_id: string;
}

export interface ChangeTable extends Leased {
  id: string;
  dedupe_key: string;
  project: string;
  kind: DeedKind;
  /** What it is about; see `targetOf`. */
  target: string;
  deed: Json;
  reason: string | null;
  requester: string;
  approvals_needed: number;
  expires_at: Time;
  state: ChangeState;
  closed_by: string | null;
  failure: Json | null;
  result: Json | null;
  called_at: Time | null;
  started_at: Time | null;
  finished_at: Time | null;
  attempts: number;
  next_attempt_at: Time | null;
  created_at: Time;
  updated_at: Time;
}

export interface ChangeVoteTable extends VoteColumns {
  change_id: string;
}

export interface SharingTable extends Leased {
  id: string;
  project: string;
  backup_id: string;
  backup_name: string | null;
  to_project_id: string;
  request_id: string | null;
  state: RegisteredSharingState;
  stop_at: Time | null;
  /** 1 once its end has made the bot order the stop: its end comes once, also where that stop was given up. */
  end_ordered: number;
  stopped_by: string | null;
  stopped_at: Time | null;
  failure: Json | null;
  attempts: number;
  next_attempt_at: Time | null;
  created_at: Time;
}

export interface PolicyRunTable extends Leased {
  id: string;
  dedupe_key: string;
  project: string;
  policy_id: string;
  policy_name: string;
  origin: PolicyRun['origin'];
  started_by: string | null;
  started_at: Time;
  disks: number;
  after_task_id: string | null;
  after_created_at: Time | null;
  state: RunState;
  called_at: Time | null;
  deadline_at: Time;
  finished_at: Time | null;
  failure: Json | null;
  attempts: number;
  next_check_at: Time | null;
  next_run_at: Time | null;
  disk_sizes: Json | null;
}

export interface PolicyTaskTable {
  project: string;
  id: string;
  policy_id: string;
  policy_name: string;
  run_id: string;
  status: TaskStatus;
  /** Its place in lists: 0 for failures, 1 for what goes on, 2 for successes. */
  list_rank: number;
  created_at: Time;
  finished_at: Time | null;
  backup_name: string | null;
  disk_id: string;
  job_id: string | null;
  failure: Json | null;
}

export interface WatchTable extends Leased {
  project: string;
  last_sweep_at: Time | null;
  last_failure: Json | null;
  next_sweep_at: Time | null;
}

export interface SeenPolicyTable {
  project: string;
  policy_id: string;
}

export interface CardTable extends Leased {
  id: Generated<number>;
  kind: CardKind;
  entity_id: string;
  place_kind: CardPlace['kind'];
  place_id: string;
  /** The card in whose thread it is posted. */
  thread_card: number | null;
  /** The message it became. */
  channel: string | null;
  ts: string | null;
  /** The version to be shown, the one that was claimed last, and the one shown; 0 before the first post. */
  wanted: number;
  claimed: number;
  shown: number;
  attempts: number;
  next_attempt_at: Time | null;
  post_begun_at: Time | null;
  last_error: string | null;
  /** Why Slack will not take it at its place. */
  refused: string | null;
}

export interface AuditTable {
  id: Generated<number>;
  at: Time;
  actor: string;
  action: AuditAction;
  project: string;
  subject: string;
  outcome: AuditEntry['outcome'];
  details: Json;
  cloud_request_id: string | null;
}

export interface MigrationTable {
  version: number;
  name: string;
  applied_at: Time;
}

/** The tables. */
export interface Database {
  share_requests: ShareRequestTable;
  share_targets: ShareTargetTable;
  share_votes: ShareVoteTable;
  changes: ChangeTable;
  change_votes: ChangeVoteTable;
  sharings: SharingTable;
  policy_runs: PolicyRunTable;
  policy_tasks: PolicyTaskTable;
  watches: WatchTable;
  seen_policies: SeenPolicyTable;
  cards: CardTable;
  audit: AuditTable;
  migrations: MigrationTable;
}
