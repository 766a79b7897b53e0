import type { Change } from '../../core/changes/change.ts';
import { missingApprovals } from '../../core/votes.ts';
import type { Context, Reply } from '../answers.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import type { Message } from '../kit.ts';
import { sentence } from '../sentence.ts';
import { count, marked } from '../words.ts';
import { changeWords } from './change-words.ts';
import { disksOf } from './read-change.ts';

/** Tells whoever handed a form in what becomes of it: where they began, or to them alone. */
export async function sayFiled(
  ctx: Context,
  about: { readonly change: Change; readonly responseUrl: string | undefined; readonly reply: Reply },
): Promise<void> {
  const { change, responseUrl, reply } = about;
  const place = await ctx.core.store.cards.placeOf('change', change.id);
  const said = filedMessage(change, disksOf(ctx.core, change), place?.kind === 'channel' ? place.id : undefined);
  await (responseUrl === undefined ? reply : ctx.client.replyTo(responseUrl)).say(said);
}

/** The card may stand in a channel that the requester does not see, so they are told where they are told. */
export function filedMessage(change: Change, disks: DiskNames, channel: string | undefined): Message {
  const { wish, doing } = changeWords(change, disks);
  const where = channel === undefined ? '' : ` in <#${channel}>`;
  const told = 'You get a direct message with the outcome; `/vbs requests` shows it too.';
  const missing = missingApprovals(change);
  if (change.state !== 'pending')
    return sentence(marked('working', `${doing}. Its card${where} shows how far it is. ${told}`));
  const owners = `${count(missing)} ${missing === 1 ? 'approval' : 'approvals'}`;
  return sentence(marked('waiting', `Your request to ${wish} waits for ${owners}${where}. ${told}`));
}
