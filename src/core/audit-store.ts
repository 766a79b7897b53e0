import type { AuditAction, AuditEntry, AuditOutcome } from './audit.ts';
import type { Page, PageOf } from './page.ts';

export interface AuditFilter {
  readonly project?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly actions?: readonly AuditAction[];
  readonly outcome?: AuditOutcome;
  /** From this moment on, and before that one. */
  readonly from?: Date;
  readonly before?: Date;
  /** Part of the subject, of the cloud's id of the call or of any detail, in any case. */
  readonly text?: string;
  /** Nothing that was written after this mark: pages under it do not shift while entries are added. */
  readonly upTo?: number;
}

export interface AuditStore {
  write(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageOf): Promise<Page<AuditEntry>>;
  /** All of it, newest first, some at a time: each part costs the same, however many came before it. */
  parts(filter: AuditFilter): AsyncIterable<readonly AuditEntry[]>;
  /** The mark of what has been written so far. */
  mark(): Promise<number>;
}
