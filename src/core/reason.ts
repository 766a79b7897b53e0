import type { InputFault } from './errors.ts';
import { REASON_MAX } from './votes.ts';

/** What is wrong with a reason, tidied, that has to be given. */
export function reasonFaults(reason: string): readonly InputFault[] {
  if (reason === '') return [{ field: 'reason', rule: 'required' }];
  return reason.length > REASON_MAX ? [{ field: 'reason', rule: 'too_long', about: String(REASON_MAX) }] : [];
}
