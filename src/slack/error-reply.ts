import { CHANGE_LIMITS } from '../core/changes/check-deed.ts';
import {
  AlreadyDecided,
  AlreadyRunning,
  AlreadyVoted,
  CannotCheck,
  type InputFault,
  InvalidInput,
  NotAllowed,
  NotFound,
  StoreAway,
} from '../core/errors.ts';
import { CloudError } from '../core/failure.ts';
import { suggest } from './arguments.ts';
import { statusWordOf } from './backups/backup-words.ts';
import { decidedWords, votedWords } from './decided-words.ts';
import { TookTooLong } from './dispatch/timing.ts';
import { failureSentence, failureWords } from './failure-words.ts';
import type { Message } from './kit.ts';
import { LIMITS, oneLine } from './kit.ts';
import { OutOfDate } from './out-of-date.ts';
import { peopleWords } from './people-words.ts';
import { sentence } from './sentence.ts';
import { isSlackAway, isSlackError, slackErrorOf, tokenRefusals } from './slack-calls.ts';
import { count, list, marked } from './words.ts';

/** What a thrown error is to the person who acted. */
export interface ErrorReply {
  readonly message: Message;
  /** The sentences for the fields of the form, where the error names fields. */
  readonly fields: Readonly<Record<string, string>> | undefined;
  /** Whether a form that is open is still of use: then the sentence goes over it, not into its place. */
  readonly keepsForm: boolean;
  /** Whether it is worth a line in the log. */
  readonly severity: 'none' | 'warn' | 'error';
}

/** Makes the sentence: what happened, why, what to do. `reference` is the short id that the log line carries too. */
export function errorReply(error: unknown, about: { readonly reference: string; readonly now: Date }): ErrorReply {
  if (error instanceof InvalidInput) {
    const fields = fieldSentences(error.faults);
    const text = Object.values(fields)
      .map((fault) => oneLine(fault, LIMITS.fieldText))
      .join(' ');
    return { message: sentence(text), fields, keepsForm: true, severity: 'none' };
  }
  const refusal = refused(error, about.now);
  if (refusal !== undefined) return plainly(sentence(refusal), { keepsForm: false, severity: 'none' });
  const cause = error instanceof CannotCheck ? error.cause : error;
  if (isSlackError(cause, ...tokenRefusals, 'missing_scope')) {
    const text = marked(
      'failed',
      'Slack does not let the bot do this, and trying again does not help. Tell whoever runs the bot: `vbs-chatops doctor` says how to mend it.',
    );
    const small = `Slack says: ${slackErrorOf(cause)} · reference ${about.reference}`;
    return plainly(sentence(text, small), { keepsForm: true, severity: 'error' });
  }
  if (error instanceof CannotCheck) {
    const text = `Who may do this in ${oneLine(error.project)} cannot be looked up in Slack now, so nothing was done. Try again in a minute.`;
    return plainly(sentence(marked('attention', text)), { keepsForm: true, severity: 'warn' });
  }
  if (error instanceof CloudError) {
    const { small } = failureWords(error.failure);
    const text = marked('failed', failureSentence(error.failure));
    return plainly(small ? sentence(text, small) : sentence(text), { keepsForm: true, severity: 'warn' });
  }
  if (isSlackAway(error)) {
    const text = marked(
      'attention',
      'Slack does not take what the bot answers now. Try again in a minute; if it stays so, tell whoever runs the bot.',
    );
    const small = `Slack says: ${oneLine(slackErrorOf(error))} · reference ${about.reference}`;
    return plainly(sentence(text, small), { keepsForm: true, severity: 'error' });
  }
  if (error instanceof TookTooLong) {
    const text = marked('attention', 'This takes longer than it should. Try again in a few minutes.');
    return plainly(sentence(text), { keepsForm: true, severity: 'warn' });
  }
  if (error instanceof StoreAway) {
    const text = marked('attention', awayWords(error));
    return plainly(sentence(text, `reference ${about.reference}`), { keepsForm: true, severity: 'error' });
  }
  const text = marked(
    'failed',
    'Something went wrong on our side. Try again; if it stays so, tell whoever runs the bot.',
  );
  return plainly(sentence(text, `reference ${about.reference}`), { keepsForm: true, severity: 'error' });
}

/** Whether an error tells a person what a rule says, such as who may; it is no fault then. */
export function isRefusal(error: unknown): boolean {
  return error instanceof InvalidInput || refused(error, new Date()) !== undefined;
}

function plainly(message: Message, about: Pick<ErrorReply, 'keepsForm' | 'severity'>): ErrorReply {
  return { message, fields: undefined, ...about };
}

function awayWords({ effect }: StoreAway): string {
  const next = 'if it stays so, tell whoever runs the bot';
  return effect === 'none'
    ? `The bot cannot reach its database now, so nothing was changed. Try again in a minute; ${next}.`
    : `The bot lost its database in the middle of this, so it is not certain whether it was put down. In a minute, see \`/vbs requests\` and the cards before you do it again; ${next}.`;
}

/** The sentence of an error that repeating the same thing would not mend. */
function refused(error: unknown, now: Date): string | undefined {
  if (error instanceof OutOfDate) return `This form is out of date; run \`${error.again}\` again.`;
  if (error instanceof NotAllowed) return notAllowed(error);
  if (error instanceof NotFound) return notFound(error);
  if (error instanceof AlreadyDecided) return decidedWords(error, now);
  if (error instanceof AlreadyVoted) return votedWords(error, now);
  if (error instanceof AlreadyRunning) {
    return 'This policy is being run already; its card in the channel shows how far it is.';
  }
  return undefined;
}

const deeds: Readonly<Record<NotAllowed['action'], readonly [who: string, does: string]>> = {
  view: ['people', 'see it'],
  request: ['requesters', 'ask for a share'],
  approve: ['owners', 'decide on this request'],
  withdraw: ['people', 'withdraw this request'],
  retry: ['one who asked and the owners', 'try it again'],
  stop: ['owners', 'stop a sharing'],
  run: ['operators', 'run its policies'],
  'back-up': ['operators and admins', 'back up its disks'],
  'ask-change': ['people', 'ask for this'],
  manage: ['admins', 'change its policies'],
  audit: ['owners, operators and admins', 'read its record'],
};

function notAllowed({ action, project, allowed, own }: NotAllowed): string {
  const [who, does] = deeds[action];
  const name = oneLine(project);
  const only =
    action === 'withdraw'
      ? 'Only the person who asked can withdraw this request.'
      : `Only the ${who} of ${name} ${does}: ${peopleWords(allowed)}.`;
  const also = own ? ' You asked for it, so your own vote would not count anyway.' : '';
  return marked('refused', `${only}${also}`);
}

/** More names than these are counted, not named, in a sentence. */
const NAMED = 10;

function notFound({ thing, named, candidates }: NotFound): string {
  const nearest = suggest(named, candidates);
  const meant = nearest === undefined ? undefined : `Did you mean \`${oneLine(nearest)}\`?`;
  const some = candidates.slice(0, NAMED).map((name) => `\`${oneLine(name)}\``);
  const left = candidates.length - some.length;
  const all = left > 0 ? [...some, `${count(left)} more`] : some;
  const there = all.length > 0 ? `There ${candidates.length === 1 ? 'is' : 'are'} ${list(all)}.` : undefined;
  const fallback = 'It may have been deleted meanwhile.';
  return [`There is no ${thing} \`${oneLine(named)}\`.`, meant ?? there ?? fallback].join(' ');
}

/** A sentence for each field; the first fault of a field counts. */
export function fieldSentences(faults: readonly InputFault[]): Readonly<Record<string, string>> {
  const sentences: Record<string, string> = {};
  for (const fault of faults) sentences[fault.field] ??= faultSentence(fault);
  return sentences;
}

/** Raw text: Slack parses nothing at a field. */
function faultSentence({ field, rule, about }: InputFault): string {
  const name = about === undefined ? 'This' : about;
  switch (rule) {
    case 'required':
      return 'This is needed.';
    case 'too_long':
      if (about === undefined) return 'This is too long.';
      return field === 'targets' ? `At most ${about} projects.` : `This is too long: at most ${about} characters.`;
    case 'unknown_target':
      return `${name} is not a project that backups may be shared with from here: whoever runs the bot can name it in the settings.`;
    case 'own_project':
      return `${name} is the project that the backup belongs to; choose another one.`;
    case 'already_shared':
      return `The backup is shared with ${about ?? 'this project'} already.`;
    case 'already_asked':
      return `A request to share this backup with ${about ?? 'this project'} is open already.`;
    case 'not_available':
      return about === undefined
        ? 'This backup is not available now.'
        : `The status of this backup is “${statusWordOf(about)}”: only one that is available can be shared.`;
    case 'in_the_past':
      return 'This time has passed; choose a later one.';
    case 'malformed':
      return `${about === undefined ? 'This' : `“${about}”`} is no id of the cloud’s. Choose from the list, or copy the whole id.`;
    case 'no_disks':
      return 'This policy has no disks, so there is nothing to back up.';
    case 'being_changed':
      return 'Another change of this is under way or waits for approval. Its card in the channel shows how far it is; try again once it has ended.';
    case 'bad_name':
      return 'Only letters, digits, “_” and “-”, without blanks.';
    case 'reserved_name':
      return `Names that begin with “${about}” belong to the cloud; choose another one.`;
    case 'bad_characters':
      return `The cloud does not take all of these characters: ${about}`;
    case 'tag_key':
      return `The key “${about}” must have 1 to ${CHANGE_LIMITS.tagKey} characters.`;
    case 'tag_value':
      return `The value of “${about}” must have at most ${CHANGE_LIMITS.tagValue} characters.`;
    case 'doubled':
      return 'Each key may stand here once.';
    case 'too_many':
      return `At most ${about}.`;
    case 'out_of_range':
      return `Give a whole number, ${about}.`;
    case 'full_hours':
      return 'Policies run on full hours: write times like 22:00.';
    case 'count_changed':
      return about === undefined
        ? 'The number has changed meanwhile; look again.'
        : `The number has changed meanwhile: now ${about}. Look again.`;
  }
}
