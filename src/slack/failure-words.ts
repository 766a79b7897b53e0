import type { Failure } from '../core/failure.ts';
import { statusWordOf } from './backups/backup-words.ts';
import { oneLine, safe } from './kit.ts';
import { slackDate } from './words.ts';

/** Why something went wrong, in words: what happened, what to do, and in small type the cloud's own code and ids. */
export interface FailureWords {
  readonly what: string;
  readonly remedy: string | undefined;
  /** When the bot goes on, in safe mrkdwn, where it waits of its own accord. */
  readonly next: string | undefined;
  /** Escaped already. */
  readonly small: string | undefined;
}

const words: Readonly<Record<Failure['kind'], readonly [what: string, remedy: string | undefined]>> = {
  refused: ['The cloud refused this.', 'Ask the cloud’s support why, if its answer does not tell.'],
  not_found: ['The cloud does not know this any more.', 'It may have been deleted meanwhile: look at the list again.'],
  credentials: [
    'The cloud does not accept the credentials of this project.',
    'Whoever runs the bot can check them with `vbs-chatops doctor`.',
  ],
  quota: ['The quota of this project is used up.', 'Delete what is no longer needed, or have the quota raised.'],
  busy: ['Something else is going on with this in the cloud.', 'Try again once it has ended.'],
  rate_limited: ['The cloud takes no more calls for now.', 'Try again in a minute.'],
  unavailable: ['The cloud does not answer now.', 'Try again in a few minutes.'],
  answer_lost: [
    'The cloud’s answer was lost, so it may or may not have been done.',
    'Look at the list before repeating it.',
  ],
  not_confirmed: [
    'The cloud took the call, but does not show that it was done.',
    'Look at the list before repeating it.',
  ],
  unreadable: [
    'The cloud answered something that the bot does not understand.',
    'Tell whoever runs the bot; the log has the details.',
  ],
  backup_gone: ['The backup was deleted meanwhile.', 'If one is still needed, choose another or make a new one.'],
  backup_not_available: ['The backup is not available now.', 'Try again once its status is “available”.'],
  backup_shared: [
    'The backup is shared with other projects, which would lose it.',
    'Stop its sharings first: `/vbs shares` lists them.',
  ],
  backup_needed: [
    'Later incremental backups of its disk build on this backup.',
    'Delete those first: `/vbs backups` lists them.',
  ],
  name_taken: ['The project has a policy of this name already.', 'Choose another name.'],
  changed_meanwhile: [
    'The policy was changed by someone else while the form was open.',
    'Open it again, and change it as it is now.',
  ],
  overdue: [
    'The cloud still works on it, much longer than it should take.',
    'Look at it in the cloud’s console, and ask the cloud’s support if it stays so.',
  ],
  end_passed: ['The end of the sharing had passed before it was carried out.', 'Ask again, with a later end.'],
  not_started: ['The run did not start.', 'Try again.'],
  project_gone: [
    'The bot’s settings do not name this project any more.',
    'Put it back into the settings, or do this in the cloud’s console.',
  ],
  no_disks: ['The policy has no disks, so there was nothing to back up.', 'Add disks to the policy first.'],
  failed_in_cloud: ['It failed in the cloud.', 'Try again, and ask the cloud’s support if it stays so.'],
  no_reason_given: ['The cloud gives no reason.', 'Try again, and ask the cloud’s support if it stays so.'],
  reason_unread: ['Why, cannot be read from the cloud now; the bot goes on asking.', undefined],
};

/** What the bot found out by itself: the cloud's explanation of the call behind it would say less. */
const ownFindings: readonly Failure['kind'][] = [
  'backup_gone',
  'backup_not_available',
  'backup_shared',
  'backup_needed',
  'name_taken',
  'changed_meanwhile',
  'overdue',
  'end_passed',
  'no_disks',
  'not_confirmed',
];

/** A failure for a person. The cloud's own explanation, where it is known, wins over the general one. */
export function failureWords(failure: Failure): FailureWords {
  const [what, usual] = words[failure.kind];
  const remedy = isBroken(failure) ? 'Choose another backup.' : usual;
  const explained = ownFindings.includes(failure.kind) ? undefined : failure;
  const small = [failure.code, failure.requestId && `request id ${failure.requestId}`].filter((part) => part);
  return {
    what: explained?.explanation ? safe(explained.explanation, 500) : whatHappened(what, failure),
    remedy: explained?.remedy ? safe(explained.remedy, 500) : remedy,
    next: failure.nextTryAt && nextLogin(failure.nextTryAt),
    small: small.length > 0 ? oneLine(small.join(' · '), 300) : undefined,
  };
}

function nextLogin(at: Date): string {
  return `The bot does not log in again before ${slackDate(at, 'time')}, since the cloud may lock a user that it refuses too often; restarted, it tries at once.`;
}

/** Whether the backup itself failed: it never becomes available. */
function isBroken({ kind, message }: Failure): boolean {
  return kind === 'backup_not_available' && message === 'error';
}

/** In the cloud's own words, where they are all there is to tell. */
function whatHappened(what: string, { kind, message }: Failure): string {
  if (!message) return what;
  if (kind === 'failed_in_cloud') return `The cloud says: ${quoted(message)}`;
  if (kind === 'refused') return `${what} It says: ${quoted(message)}`;
  return kind === 'backup_not_available' ? `${what} Its status is “${oneLine(statusWordOf(message))}”.` : what;
}

/** What the cloud wrote, with the full stop that it may lack. */
function quoted(message: string): string {
  const said = oneLine(message, 300);
  return `“${said}”${/[.!?…]$/.test(said) ? '' : '.'}`;
}

/**
 * What happened and what to do, in safe mrkdwn: for a line of a card. `list` is the command that shows whether it was
 * done, where that may not be certain.
 */
export function failureSentence(failure: Failure, list?: string): string {
  const { what, remedy, next } = failureWords(failure);
  const look =
    list !== undefined && isUnsure(failure) ? `Before repeating it, look whether it was: \`${list}\`.` : remedy;
  return [what, look, next].filter((part) => part).join(' ');
}

/** Only what happened, in safe mrkdwn: where the bot goes on by itself, people have nothing to do. */
export function failureFact(failure: Failure): string {
  return failureWords(failure).what;
}

/** The cloud's own code and request id, in safe mrkdwn for small type; undefined where it gave neither. */
export function failureSmallPrint(failure: Failure): string | undefined {
  return failureWords(failure).small;
}

/** Whether the cloud may have done it all the same. */
export function isUnsure(failure: Failure | undefined): boolean {
  return failure?.kind === 'answer_lost' || failure?.kind === 'not_confirmed';
}
