/** Who an act is put down to: a person, or the bot itself. */
export const BOT = 'bot';

export const auditActions = [
  'share.requested',
  'share.approved',
  'share.rejected',
  'share.withdrawn',
  'share.expired',
  'share.retried',
  'share.executed',
  'sharing.stop-requested',
  'sharing.stopped',
  'policy.run-requested',
  'policy.run-started',
  'change.requested',
  'change.approved',
  'change.rejected',
  'change.withdrawn',
  'change.expired',
  'change.retried',
  'change.executed',
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditOutcomes = ['ok', 'failed', 'unknown'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** One line of the record: who did what, on what, when, with what outcome. */
export interface AuditEntry {
  readonly at: Date;
  /** A Slack user id, or {@link BOT}. */
  readonly actor: string;
  readonly action: AuditAction;
  readonly project: string;
  /** The share request, sharing or policy run it is about. */
  readonly subject: string;
  readonly outcome: AuditOutcome;
  readonly details: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** The cloud's id of the call that changed something. */
  readonly cloudRequestId: string | undefined;
}

/** What the record keeps of a backup: its id, and the name that would be lost with it. */
export function recordedBackup(backup: string, name: string | undefined): AuditEntry['details'] {
  return name ? { backup, name } : { backup };
}
