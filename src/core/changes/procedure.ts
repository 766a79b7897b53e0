import type { Failure } from '../failure.ts';
import type { BackupService, Receipt } from '../ports.ts';
import type { Change, ChangeResult, DeedKind, DeedOf } from './change.ts';

/** A change at hand, and the cloud to make it in. */
export interface Acting<K extends DeedKind> {
  readonly deed: DeedOf<K>;
  readonly change: Change;
  readonly cloud: BackupService;
  readonly signal: AbortSignal;
}

/** Done, and the cloud shows it; or under way, to be followed. */
export type Step = { readonly done: ChangeResult } | { readonly running: ChangeResult };

/**
 * What the cloud shows of a call that was made: the step that it took; `absent`, so that it may be made (again); or
 * `unclear`, where nothing tells and a repetition could do harm.
 */
export type Seen = Step | 'absent' | 'unclear';

/** How far something is that the cloud works on. */
export type Progress = 'running' | { readonly done: ChangeResult } | { readonly failed: Failure };

/** How one kind of change is made in the cloud. Every method throws CloudError and nothing else. */
export interface Procedure<K extends DeedKind> {
  /** Why it cannot be made any more, as the cloud stands right before the call. */
  problem(at: Acting<K>): Promise<Failure | undefined>;
  /** Makes the call. `accepted`: the cloud took it, and {@link look} tells whether it was done. */
  call(at: Acting<K>): Promise<Receipt<Step | 'accepted'>>;
  /** Reads back what became of a call. */
  look(at: Acting<K>): Promise<Seen>;
  /** Asks after what is under way. */
  follow(at: Acting<K>): Promise<Progress>;
}
