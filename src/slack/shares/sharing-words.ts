import { nameWords, projectWords } from '../backups/backup-words.ts';
import { LIMITS } from '../kit.ts';
import { mention } from '../people-words.ts';
import { marked } from '../words.ts';
import type { Direction } from './shares-place.ts';
import type { SharingEntry, SharingStanding } from './sharing-entry.ts';

const standings: Readonly<Record<SharingStanding, string>> = {
  shared: marked('done', 'Shared'),
  stopping: marked('working', 'Being stopped'),
  stopped: marked('stopped', 'Stopped'),
  'stop-failed': marked('attention', 'Still shared, it could not be stopped'),
};

/** What a line about a sharing begins with: `✅ Shared: *db-nightly-0412* with analytics`. Safe mrkdwn. */
export function sharingHeadline(entry: SharingEntry, direction: Direction): string {
  const other = direction === 'out' ? `with ${projectWords(entry.to)}` : `by ${projectWords(entry.from)}`;
  return `${standings[entry.standing]}: *${backupName(entry)}* ${other}`;
}

/** The backup's name, as safe mrkdwn. */
export function backupName({ sharing, registered, request }: SharingEntry): string {
  const name = sharing.backup?.name ?? registered?.backupName ?? request?.backup?.name;
  return nameWords({ id: sharing.backupId, name });
}

/** On whose wish it was shared, as safe mrkdwn: `asked for by @requester`, `outside the bot`. */
export function originWords({ request }: SharingEntry): string {
  return request === undefined ? 'outside the bot' : `asked for by ${mention(request.requester)}`;
}

/** Raw text, for a screen reader. */
export function detailsLabel({ sharing }: SharingEntry): string {
  return `Details of the sharing of ${sharing.backup?.name ?? 'a backup'}`.slice(0, LIMITS.buttonText);
}
