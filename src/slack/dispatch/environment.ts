import type { Core } from '../../core/core.ts';
import type { Log } from '../../core/ports.ts';
import type { Names } from '../delivery/names.ts';
import type { Registry } from '../registry.ts';
import type { SlackCalls } from '../slack-calls.ts';
import type { SlackFiles } from '../slack-files.ts';
import type { Redraws } from './redraws.ts';
import type { Work } from './work.ts';

/** One interaction, as the metrics see it. */
export interface Interaction {
  readonly kind: 'command' | 'action' | 'submission' | 'options' | 'shortcut';
  /** The subcommand or id; `unknown` for one that is not registered. */
  readonly id: string;
  /** From its arrival to its acknowledgement. */
  readonly ackMs: number;
  /** `late`: acknowledged before there was an answer. `refused`: by a rule, such as who may. `failed`: by a fault. */
  readonly outcome: 'answered' | 'late' | 'refused' | 'failed';
}

export interface Hooks {
  interaction?(about: Interaction): void;
}

/** What dispatching needs. */
export interface Environment {
  readonly core: Core;
  readonly registry: Registry;
  readonly calls: SlackCalls;
  readonly redraws: Redraws;
  readonly uploads: SlackFiles;
  readonly names: Names;
  readonly log: Log;
  readonly hooks: Hooks;
  readonly work: Work;
}
