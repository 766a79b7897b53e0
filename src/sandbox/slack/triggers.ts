import { newSecret } from './ids.ts';
import { ApiError } from './web-api/api-error.ts';

/** A trigger opens or pushes a view once, within this time of the interaction it came with. */
const LIFETIME_MS = 3000;

export interface Trigger {
  readonly user: string;
  /** The modal in which the person acted, where it was one: only from there can another be pushed. */
  readonly viewId?: string;
}

/** Trigger ids: single use, three seconds. */
export class Triggers {
  readonly #now: () => Date;
  readonly #issued = new Map<string, Trigger & { expires: number; used: boolean }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  issue(trigger: Trigger): string {
    const id = `${Date.now()}.${newSecret()}`;
    this.#issued.set(id, { ...trigger, expires: this.#now().getTime() + LIFETIME_MS, used: false });
    return id;
  }

  /** Uses up a trigger; throws as Slack answers for one that is unknown, used or too old. */
  exchange(id: string): Trigger {
    const trigger = this.#issued.get(id);
    if (!trigger) throw new ApiError('invalid_trigger_id');
    if (trigger.used) throw new ApiError('exchanged_trigger_id');
    if (this.#now().getTime() >= trigger.expires) throw new ApiError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
