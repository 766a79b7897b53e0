import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import type { Failure } from '../../core/failure.ts';
import { diskName, projectWords } from '../backups/backup-words.ts';
import { failureSentence, failureSmallPrint } from '../failure-words.ts';
import { actions, button, context, facts, LIMITS, oneLine, plain, safe, section } from '../kit.ts';
import { mention } from '../people-words.ts';
import { ago, gib, slackDate } from '../words.ts';
import type { Direction } from './shares-place.ts';
import type { SharingEntry } from './sharing-entry.ts';
import { backupName, sharingHeadline } from './sharing-words.ts';

/** The ids of what can be clicked in the details. */
export interface SharingDetailsIds {
  readonly stop: string;
  readonly request: string;
}

export interface SharingDetails {
  readonly entry: SharingEntry;
  /** Alias of the project from whose side it is seen. */
  readonly project: string;
  readonly direction: Direction;
  /** Names of disks by disk id. */
  readonly disks: ReadonlyMap<string, string>;
  readonly mayStop: boolean;
  /** The link of the request's card. */
  readonly card: string | undefined;
}

/** Everything about one sharing. */
export function sharingDetailsView(details: SharingDetails, about: { ids: SharingDetailsIds; now: Date }): ModalView {
  const { entry, direction } = details;
  const failure = stopFailure(details);
  return {
    type: 'modal',
    title: plain('Sharing', LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(sharingHeadline(entry, direction)),
      ...(failure ? [section(failureSentence(failure))] : []),
      factsBlock(details, about.now),
      ...whyBlock(details),
      section(meaningWords(details)),
      ...buttonRow(details, about.ids),
      context(smallPrint(details)),
    ],
  };
}

/** Why it could not be stopped; the cloud told it to the project that shares. */
function stopFailure({ entry, direction }: SharingDetails): Failure | undefined {
  return direction === 'out' && entry.standing === 'stop-failed' ? entry.registered?.failure : undefined;
}

function factsBlock({ entry, disks }: SharingDetails, now: Date): KnownBlock {
  const { sharing, registered, request } = entry;
  const { backup, createdAt } = sharing;
  const size = backup?.sizeGib === undefined ? '' : ` (${gib(backup.sizeGib)})`;
  return facts([
    ['Backup', backupName(entry)],
    ['Disk', `${diskName(backup?.diskId, disks)}${size}`],
    ['Taken', backup?.takenAt && `${slackDate(backup.takenAt)} (${ago(backup.takenAt, now)})`],
    ['Since', createdAt && `${slackDate(createdAt)} (${ago(createdAt, now)})`],
    ['Until', registered?.stopAt ? `${slackDate(registered.stopAt)}, then it stops by itself` : 'no end'],
    ['By', request ? `${mention(request.requester)}, who asked for it` : 'outside the bot'],
  ]);
}

/** Why it was asked for is between those of the project that shares. */
function whyBlock({ entry, direction }: SharingDetails): KnownBlock[] {
  const reason = direction === 'out' ? safe(entry.request?.reason ?? '', LIMITS.fieldText) : '';
  return reason ? [section(`*Why*  ${reason}`)] : [];
}

function meaningWords({ entry, direction, mayStop }: SharingDetails): string {
  const from = projectWords(entry.from);
  const to = projectWords(entry.to);
  if (entry.standing === 'stopped') return `${to} can no longer create a disk from it.`;
  const can = `${to} can create a disk from it (not restore it).`;
  if (entry.standing === 'stopping') return `${can} The bot is stopping it and reads back that it is gone.`;
  if (direction === 'in') return `${can} Only the owners of ${from} can stop it.`;
  return mayStop ? can : `${can} Only the owners of ${from} can stop it.`;
}

function buttonRow(details: SharingDetails, ids: SharingDetailsIds): KnownBlock[] {
  const { entry, project, direction, mayStop, card } = details;
  const goesOn = entry.standing === 'shared' || entry.standing === 'stop-failed';
  const row: ActionsBlockElement[] = [];
  if (card !== undefined) row.push(button({ text: 'Show request', actionId: ids.request, url: card }));
  if (direction === 'out' && mayStop && goesOn) {
    const value = JSON.stringify({ project, sharingId: entry.sharing.id });
    row.push(button({ text: 'Stop sharing', actionId: ids.stop, value, style: 'danger' }));
  }
  return row.length > 0 ? [actions(...row)] : [];
}

function smallPrint(details: SharingDetails): string {
  const { entry, direction } = details;
  const { sharing, from, to } = entry;
  const other = direction === 'out' ? to : from;
  const failure = stopFailure(details);
  const code = failure && failureSmallPrint(failure);
  return [
    ...(code ? [code] : []),
    `sharing \`${oneLine(sharing.id)}\``,
    `backup \`${oneLine(sharing.backupId)}\``,
    `${direction === 'out' ? 'to' : 'from'} project \`${oneLine(other.projectId)}\``,
  ].join('\n');
}
