import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import { failureSentence } from '../failure-words.ts';
import { actions, button, context, divider, facts, LIMITS, oneLine, plain, safe, section } from '../kit.ts';
import { ago, count, gib, marked, plural, slackDate } from '../words.ts';
import { diskName, nameWords, projectWords, statusMarked } from './backup-words.ts';
import type { BackupDetails, BackupSharing } from './read-backup.ts';

/** The ids of what can be clicked in the details. */
export interface BackupDetailsIds {
  readonly share: string;
  readonly stop: string;
  readonly stopAll: string;
  readonly restore: string;
  readonly delete: string;
}

/** More sharings than these are counted: the list of sharings pages through all. */
const SHOWN_SHARINGS = 20;

/** Everything about one backup. */
export function backupDetailsView(
  details: BackupDetails,
  about: { readonly ids: BackupDetailsIds; readonly now: Date; readonly metadata: string },
): ModalView {
  const { backup, project } = details;
  return {
    type: 'modal',
    private_metadata: about.metadata,
    title: plain('Backup', LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(`${statusMarked(backup.status)}: *${nameWords(backup)}* (${oneLine(project)})`),
      factsBlock(details, about.now),
      ...wordsOf(details),
      divider(),
      ...sharingBlocks(details, about.ids),
      ...buttonRow(details, about.ids),
      context(smallPrint(details)),
    ],
  };
}

function factsBlock({ backup, disks }: BackupDetails, now: Date): KnownBlock {
  const { takenAt, incremental } = backup;
  return facts([
    ['Disk', diskName(backup.diskId, disks)],
    ['Size', gib(backup.sizeGib)],
    ['Taken', takenAt ? `${slackDate(takenAt)} (${ago(takenAt, now)})` : 'unknown'],
    ['Kind', incremental === undefined ? undefined : incremental ? 'incremental' : 'full'],
    ['Zone', backup.availabilityZone === undefined ? undefined : oneLine(backup.availabilityZone)],
  ]);
}

function wordsOf({ backup }: BackupDetails): KnownBlock[] {
  const description = safe(backup.description ?? '', 1_000);
  const reason = safe(backup.failReason ?? '', 1_000);
  return [
    ...(description ? [section(`*Description*  ${description}`)] : []),
    ...(reason ? [section(`*Why it failed*  ${reason}`)] : []),
  ];
}

function sharingBlocks(details: BackupDetails, ids: BackupDetailsIds): KnownBlock[] {
  const { sharings, sharingsFailure, project } = details;
  const note = sharingsFailure && `This may be incomplete. ${failureSentence(sharingsFailure)}`;
  const left = sharings.length - SHOWN_SHARINGS;
  const more = `… and ${plural(left, 'more sharing')}: \`/vbs shares ${oneLine(project)} out\` lists all.`;
  return [
    ...(sharings.length === 0 ? [section('*Shared*  with no other project')] : []),
    ...sharings.slice(0, SHOWN_SHARINGS).map((sharing) => sharingBlock(sharing, details, ids)),
    ...(left > 0 ? [context(more)] : []),
    ...(note ? [context(marked('attention', note))] : []),
  ];
}

function sharingBlock(sharing: BackupSharing, { project, mayStop }: BackupDetails, ids: BackupDetailsIds): KnownBlock {
  const { registered, since } = sharing;
  const stopping = registered?.state === 'stopping';
  const facts = [
    ...(since ? [`since ${slackDate(since, 'day')}`] : []),
    ...(registered?.stopAt && !stopping ? [`until ${slackDate(registered.stopAt)}, then it stops by itself`] : []),
  ];
  const what = stopping ? marked('working', 'Being stopped: shared with') : marked('done', 'Shared with');
  const text = `${what} *${projectWords(sharing.to)}*\n${facts.join(' · ')}`.trim();
  if (!mayStop || stopping) return section(text);
  const value = JSON.stringify({ project, sharingId: sharing.id });
  return section(text, button({ text: 'Stop sharing', actionId: ids.stop, value, style: 'danger' }));
}

function buttonRow(
  { backup, project, sharings, mayShare, mayStop, mayChange }: BackupDetails,
  ids: BackupDetailsIds,
): KnownBlock[] {
  const value = JSON.stringify({ project, backupId: backup.id });
  const row: ActionsBlockElement[] = [];
  if (mayShare && backup.status === 'available') {
    row.push(button({ text: 'Share', actionId: ids.share, value, style: 'primary' }));
  }
  if (mayChange && backup.status === 'available') {
    row.push(button({ text: 'Restore…', actionId: ids.restore, value }));
  }
  const active = sharings.filter(({ registered }) => registered?.state !== 'stopping').length;
  if (mayStop && active > 1) {
    const text = `Stop all ${count(active)} sharings`;
    row.push(button({ text, actionId: ids.stopAll, value, style: 'danger' }));
  }
  if (mayChange) row.push(button({ text: 'Delete…', actionId: ids.delete, value, style: 'danger' }));
  return row.length > 0 ? [actions(...row)] : [];
}

function smallPrint({ backup, mayShare }: BackupDetails): string {
  return [
    ...(mayShare && backup.status !== 'available' ? ['Only an available backup can be shared.'] : []),
    `backup \`${oneLine(backup.id)}\``,
    ...(backup.diskId === undefined ? [] : [`disk \`${oneLine(backup.diskId)}\``]),
  ].join('\n');
}
