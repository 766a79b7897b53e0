import type { Change } from '../../core/changes/change.ts';
import { missingApprovals } from '../../core/votes.ts';
import type { Context, Reply } from '../answers.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { tooFewOwners } from '../deciding/too-few-owners.ts';
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
  const channel = place?.kind === 'channel' ? place.id : undefined;
  const warning = change.state === 'pending' ? await tooFewOwners(ctx.core, change) : undefined;
  const said = filedMessage(change, { disks: disksOf(ctx.core, change), channel, warning });
  await (responseUrl === undefined ? reply : ctx.client.replyTo(responseUrl)).say(said);
}

/** The card may stand in a channel that the requester does not see, so they are told where they are told. */
function filedMessage(
  change: Change,
  about: { readonly disks: DiskNames; readonly channel: string | undefined; readonly warning?: string | undefined },
): Message {
  const { disks, channel, warning } = about;
  const { wish, doing } = changeWords(change, disks);
  const where = channel === undefined ? '' : ` in <#${channel}>`;
  const told = 'You get a direct message with the outcome; `/vbs requests` shows it too.';
  const missing = missingApprovals(change);
  if (change.state !== 'pending')
    return sentence(marked('working', `${doing}. Its card${where} shows how far it is. ${told}`));
  const owners = `${count(missing)} ${missing === 1 ? 'approval' : 'approvals'}`;
  const waiting = marked('waiting', `Your request to ${wish} waits for ${owners}${where}. ${told}`);
  return sentence(warning === undefined ? waiting : `${waiting}\n${warning}`);
}
