import { type AuditAction, type AuditEntry, type AuditOutcome, BOT } from '../../core/audit.ts';
import { failureKinds } from '../../core/failure.ts';
import { failureFact } from '../failure-words.ts';
import { list, plural } from '../words.ts';
import { deedWords } from './deed-words.ts';
import { detailText, detailTexts } from './details.ts';
import type { Speech } from './speech.ts';

/** An entry with the names that belong to its ids. */
export interface NamedEntry {
  readonly entry: AuditEntry;
  /** The backup's or policy's name, raw; undefined where nobody knows it any more. */
  readonly name: string | undefined;
  /** The disk's and the receiving projects' names, raw. */
  readonly disk: string | undefined;
  readonly receivers: readonly string[];
}

interface Told {
  readonly who: string;
  /** What it is about: a backup's or policy's name, or what a change does. */
  readonly what: string;
  readonly receivers: string;
  readonly outcome: AuditOutcome;
  readonly entry: AuditEntry;
}

const sentences: Readonly<Record<AuditAction, (told: Told) => string>> = {
  'share.requested': ({ who, what, receivers }) => `${who} asked to share ${what} with ${receivers}`,
  'share.approved': ({ who, what }) => `${who} approved the request to share ${what}`,
  'share.rejected': ({ who, what }) => `${who} rejected the request to share ${what}`,
  'share.withdrawn': ({ who, what }) => `${who} withdrew the request to share ${what}`,
  'share.expired': ({ what }) => `the request to share ${what} expired, since it was not decided in time`,
  'share.retried': ({ who, what }) => `${who} had the bot try again to share ${what}`,
  'share.executed': (told) =>
    byOutcome(told, {
      ok: ({ what, receivers }) => `the bot shared ${what} with ${receivers}`,
      not: ({ what, receivers }) => `share ${what} with ${receivers}`,
    }),
  'sharing.stop-requested': ({ who, what, receivers, entry }) =>
    entry.actor === BOT
      ? `the end of sharing ${what} with ${receivers} came`
      : `${who} asked to stop sharing ${what} with ${receivers}`,
  'sharing.stopped': (told) =>
    byOutcome(told, {
      ok: ({ what, receivers }) => `the bot stopped sharing ${what} with ${receivers}`,
      not: ({ what, receivers }) => `stop sharing ${what} with ${receivers}`,
    }),
  'policy.run-requested': ({ who, what, entry }) => `${who} asked to run ${what}${disksWords(entry)}`,
  'policy.run-started': (told) =>
    byOutcome(told, { ok: ({ what }) => `the bot started ${what}`, not: ({ what }) => `start ${what}` }),
  'change.requested': ({ who, what }) => `${who} asked to ${what}`,
  'change.approved': ({ who, what }) => `${who} approved the request to ${what}`,
  'change.rejected': ({ who, what }) => `${who} rejected the request to ${what}`,
  'change.withdrawn': ({ who, what }) => `${who} withdrew the request to ${what}`,
  'change.expired': ({ what }) => `the request to ${what} expired, since it was not decided in time`,
  'change.retried': ({ who, what }) => `${who} had the bot try again to ${what}`,
  'change.executed': (told) =>
    byOutcome(told, { ok: ({ what }) => `the bot carried out the request to ${what}`, not: ({ what }) => what }),
};

/** What happened, as a sentence without its full stop; why it failed, or why it was asked for, follows a colon. */
export function entryWords(named: NamedEntry, say: Speech): string {
  const { entry } = named;
  const receivers = named.receivers.map((receiver) => say.text(receiver));
  const told: Told = {
    who: say.person(entry.actor),
    what: whatWords(named, say),
    receivers: receivers.length > 0 ? list(receivers) : 'another project',
    outcome: entry.outcome,
    entry,
  };
  const words = sentences[entry.action](told);
  const why = whyWords(entry, say);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${why === undefined ? '' : `: ${why}`}`;
}

function byOutcome(
  told: Told,
  words: { readonly ok: (told: Told) => string; readonly not: (told: Told) => string },
): string {
  if (told.outcome === 'ok') return words.ok(told);
  const infinitive = words.not(told);
  return told.outcome === 'failed'
    ? `the bot could not ${infinitive}`
    : `it is not certain whether the bot was able to ${infinitive}`;
}

function whatWords({ entry, name, disk }: NamedEntry, say: Speech): string {
  const { details } = entry;
  if (entry.action.startsWith('change.')) return deedWords(details, { name, disk }, say);
  const id = detailText(details, 'backup') ?? detailText(details, 'policy');
  const kind = entry.action.startsWith('policy.') ? 'policy' : 'backup';
  if (name) return kind === 'policy' ? `the policy ${say.text(name)}` : say.text(name);
  return id === undefined ? `a ${kind}` : `the ${kind} ${say.text(id)}`;
}

function disksWords({ details }: AuditEntry): string {
  const disks = details['disks'];
  return typeof disks === 'number' ? ` (${plural(disks, 'disk')})` : '';
}

/** Of an outcome, the bot's words for it; of a request or refusal, the person's own. */
function whyWords({ details, outcome }: AuditEntry, say: Speech): string | undefined {
  const reason = detailText(details, 'reason');
  if (reason === undefined) return undefined;
  if (outcome === 'ok') return `“${say.text(reason)}”`;
  const kind = failureKinds.find((one) => one === reason);
  const [code] = detailTexts(details, 'code');
  const fact = failureFact({ kind: kind ?? 'no_reason_given' });
  return code ? `${fact} (${say.text(code)})` : fact;
}

const outcomes: Readonly<Record<AuditOutcome, string>> = { ok: 'ok', failed: 'failed', unknown: 'not certain' };

/** An outcome in a word. */
export function outcomeWord(outcome: AuditOutcome): string {
  return outcomes[outcome];
}

const names: Readonly<Record<AuditAction, string>> = {
  'share.requested': 'a share asked for',
  'share.approved': 'a share approved',
  'share.rejected': 'a share rejected',
  'share.withdrawn': 'a share withdrawn',
  'share.expired': 'a share expired',
  'share.retried': 'a share tried again',
  'share.executed': 'a share carried out',
  'sharing.stop-requested': 'a stop of sharing asked for',
  'sharing.stopped': 'a sharing stopped',
  'policy.run-requested': 'a run asked for',
  'policy.run-started': 'a run started',
  'change.requested': 'a change asked for',
  'change.approved': 'a change approved',
  'change.rejected': 'a change rejected',
  'change.withdrawn': 'a change withdrawn',
  'change.expired': 'a change expired',
  'change.retried': 'a change tried again',
  'change.executed': 'a change carried out',
};

/** An action in a few plain words, as a menu names it. */
export function actionName(action: AuditAction): string {
  return names[action];
}
