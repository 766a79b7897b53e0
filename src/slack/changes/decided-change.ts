import type { Change } from '../../core/changes/change.ts';
import { decideChange, mayDecideChange, withdrawChange } from '../../core/changes/decide-change.ts';
import type { DecidedInSlack } from '../deciding/decided-in-slack.ts';
import { changeWords } from './change-words.ts';
import { disksOf } from './read-change.ts';

/** Changes, as their buttons need them. */
export const decidedChange: DecidedInSlack<Change> = {
  get: (core, requestId) => core.store.changes.get(requestId),
  decide: decideChange,
  mayDecide: mayDecideChange,
  withdraw: withdrawChange,
  wish: (change, core) => changeWords(change, disksOf(core, change)).wish,
};
