import type { AlreadyDecided, AlreadyVoted } from '../core/errors.ts';
import { mention } from './people-words.ts';
import { ago } from './words.ts';

/** To an owner whose approval counts already, while others are still to decide. */
export function votedWords({ at }: AlreadyVoted, now: Date): string {
  const what = `You approved this request ${ago(at, now)}, and an approval is not taken back.`;
  return `${what} Another owner can still reject it, and whoever asked can withdraw it.`;
}

/** To someone who acts on a request that is not open any more: who ended that, when, and what came of it. */
export function decidedWords(decided: AlreadyDecided, now: Date): string {
  const when = ago(decided.at, now);
  switch (decided.state) {
    case 'rejected':
      return ended(decided, ['rejected', 'rejected'], when);
    case 'withdrawn':
      return ended(decided, ['withdrew', 'withdrawn'], when);
    case 'expired':
      return `This request expired already, ${when}. Nothing was changed.`;
    case 'approved':
    case 'executing':
      return approved(decided, when, 'the bot is carrying it out');
    case 'unknown':
      return approved(decided, when, 'the bot is finding out whether it was done');
    case 'shared':
      return approved(decided, when, 'the backup is shared');
    case 'failed':
      return approved(decided, when, 'it could not be carried out, and the card says why');
    case 'running':
      return approved(decided, when, 'the cloud is working on it');
    case 'done':
      return approved(decided, when, 'it is done');
    case 'pending':
      return 'This request is still open; its card shows where it stands.';
  }
}

function ended({ by, own }: AlreadyDecided, [did, done]: readonly [string, string], when: string): string {
  if (own) return `You ${did} this request ${when}. Nothing was changed.`;
  return `This request was ${done} already${by === undefined ? '' : ` by ${mention(by)}`}, ${when}. Nothing was changed.`;
}

function approved({ by, own }: AlreadyDecided, when: string, outcome: string): string {
  if (own) return `You approved this request ${when}; ${outcome}.`;
  if (by === undefined) return `This request was dealt with already, ${when}; ${outcome}.`;
  return `This request was approved already by ${mention(by)}, ${when}; ${outcome}.`;
}
