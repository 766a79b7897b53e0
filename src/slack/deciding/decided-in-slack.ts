import type { Core } from '../../core/core.ts';
import type { Decidable } from '../../core/decidable.ts';
import type { Decided } from '../../core/deciding.ts';
import type { VoteKind } from '../../core/votes.ts';

/** One kind of request that owners decide on, as its buttons need it. */
export interface DecidedInSlack<T extends Decidable> {
  get(core: Core, requestId: string): Promise<T | undefined>;
  decide(core: Core, decision: { requestId: string; by: string; kind: VoteKind; reason?: string }): Promise<Decided>;
  /** Throws unless this person may decide on it. */
  mayDecide(core: Core, who: { requestId: string; by: string }): Promise<{ readonly request: T }>;
  withdraw(core: Core, who: { requestId: string; by: string }): Promise<void>;
  /** What is asked for, in safe mrkdwn, as it follows “asks to”. */
  wish(request: T, core: Core): string;
}
