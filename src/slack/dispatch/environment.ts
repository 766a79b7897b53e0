import type { Core } from '../../core/core.ts';
import type { Log } from '../../core/ports.ts';
import type { Names } from '../delivery/names.ts';
import type { Registry } from '../registry.ts';
import type { SlackCalls } from '../slack-calls.ts';
import type { SlackFiles } from '../slack-files.ts';

/** One interaction, as the metrics see it. */
export interface Interaction {
  readonly kind: 'command' | 'action' | 'submission' | 'options' | 'shortcut';
  /** The subcommand or id; `unknown` for one that is not registered. */
  readonly id: string;
  /** From its arrival to its acknowledgement. */
  readonly ackMs: number;
  readonly outcome: 'answered' | 'late' | 'failed';
}

export interface Hooks {
  interaction?(about: Interaction): void;
}

/** What dispatching needs. */
export interface Environment {
  readonly core: Core;
  readonly registry: Registry;
  readonly calls: SlackCalls;
  readonly uploads: SlackFiles;
  readonly names: Names;
  readonly log: Log;
  readonly hooks: Hooks;
  readonly work: Work;
}

/** Second steps that go on after the acknowledgement, so that a stop can wait for them. */
export class Work {
  readonly #going = new Set<Promise<void>>();

  get count(): number {
    return this.#going.size;
  }

  /** Takes over work that handles its own errors. */
  track(work: Promise<void>): void {
    this.#going.add(work);
    void work.finally(() => this.#going.delete(work));
  }

  /** Resolves when nothing is going on. */
  async idle(): Promise<void> {
    while (this.#going.size > 0) await Promise.allSettled(this.#going);
  }
}
