import type { ChangeState } from './changes/change.ts';
import type { People } from './people.ts';
import type { ShareState } from './sharing/share-request.ts';

export const actions = [
  'view',
  'request',
  'approve',
  'withdraw',
  'retry',
  'stop',
  'run',
  'back-up',
  'ask-change',
  'manage',
  'audit',
] as const;
export type Action = (typeof actions)[number];

/** The base of what the core refuses. It carries data; slack/error-reply.ts makes the sentence. */
export abstract class CoreError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** This person has no right to do this. `own`: it is their own request. */
export class NotAllowed extends CoreError {
  readonly action: Action;
  readonly project: string;
  readonly allowed: People;
  readonly own: boolean;

  constructor(about: { action: Action; project: string; allowed: People; own?: boolean }) {
    super(`not allowed to ${about.action} in ${about.project}`);
    this.action = about.action;
    this.project = about.project;
    this.allowed = about.allowed;
    this.own = about.own ?? false;
  }
}

export type Thing = 'project' | 'backup' | 'policy' | 'request' | 'run' | 'sharing' | 'job';

/** There is no such thing. `candidates` are the names there are, where they are few. */
export class NotFound extends CoreError {
  readonly thing: Thing;
  readonly named: string;
  readonly candidates: readonly string[];

  constructor(thing: Thing, named: string, candidates: readonly string[] = []) {
    super(`no ${thing} ${named}`);
    this.thing = thing;
    this.named = named;
    this.candidates = candidates;
  }
}

/**
 * The request left `pending` before; `state` is where it went, `by` who moved it there. `own`: that was, alone or with
 * others, the one who acts now.
 */
export class AlreadyDecided extends CoreError {
  readonly state: ShareState | ChangeState;
  readonly by: string | undefined;
  readonly at: Date;
  readonly own: boolean;

  constructor(about: { state: ShareState | ChangeState; by?: string | undefined; at: Date; own?: boolean }) {
    super(`already ${about.state}`);
    this.state = about.state;
    this.by = about.by;
    this.at = about.at;
    this.own = about.own ?? false;
  }
}

/** The approval of the one who acts counts already, while others are still to decide; a vote is not taken back. */
export class AlreadyVoted extends CoreError {
  readonly at: Date;

  constructor(at: Date) {
    super('already approved by this person');
    this.at = at;
  }
}

/** A run of this policy is going on; `runId` is it. */
export class AlreadyRunning extends CoreError {
  readonly runId: string;
  constructor(runId: string) {
    super('already running');
    this.runId = runId;
  }
}

export const inputRules = [
  'required',
  'too_long',
  'unknown_target',
  'own_project',
  'already_shared',
  'already_asked',
  'not_available',
  'in_the_past',
  'malformed',
  'no_disks',
  'count_changed',
  'being_changed',
  'bad_name',
  'reserved_name',
  'bad_characters',
  'tag_key',
  'tag_value',
  'doubled',
  'too_many',
  'out_of_range',
  'full_hours',
] as const;
export type InputRule = (typeof inputRules)[number];

export interface InputFault {
  readonly field: string;
  readonly rule: InputRule;
  /** The value, limit or name that the rule speaks of. */
  readonly about?: string;
}

/** What was typed or chosen cannot be taken; every fault at once, each with its field. */
export class InvalidInput extends CoreError {
  readonly faults: readonly InputFault[];
  constructor(faults: readonly InputFault[]) {
    super(`invalid input: ${faults.map((fault) => `${fault.field} ${fault.rule}`).join(', ')}`);
    this.faults = faults;
  }
}

/**
 * The database does not answer, or takes nothing now. `effect`: whether what was to be put down may be there all the
 * same, because only the answer was lost.
 */
export class StoreAway extends CoreError {
  readonly effect: 'none' | 'unknown';
  constructor(effect: 'none' | 'unknown', cause: Error) {
    super(`the database is away: ${cause.message}`);
    this.effect = effect;
    this.cause = cause;
  }
}

/** Who may do this cannot be looked up now, so nobody may. */
export class CannotCheck extends CoreError {
  readonly project: string;
  constructor(project: string, cause: unknown) {
    super(`cannot look up who may act in ${project}`);
    this.project = project;
    this.cause = cause;
  }
}
