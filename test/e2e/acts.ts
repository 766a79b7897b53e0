import { CHANNELS } from '../support/bot-world.ts';
import type { Entry, HandedIn, Player, Post } from '../support/player.ts';

export const REASON = 'Reproduce the settlement bug (PAY-2231)';

export interface Wish {
  /** The backup's name, of `project` (payments unless given). */
  readonly backup: string;
  readonly project?: string;
  readonly targets?: readonly string[];
  readonly why?: string;
  readonly until?: Date;
}

/** Asks for a backup by `/vbs share`, its name typed in quotes, and fills in the form. */
export async function asks(who: Player, wish: Wish): Promise<HandedIn> {
  const { backup, project = 'payments', targets = ['analytics'], why = REASON, until } = wish;
  await who.types(`share ${project} "${backup}"`);
  await who.form(/\*Backup\* {2}/);
  const entries: Record<string, Entry> = { 'Share with': targets, Why: why };
  return who.handsIn({ ...entries, ...(until && { Until: until }) });
}

/** Asks, and waits for the card as an owner sees it. */
export async function asksFor(who: Player, owner: Player, wish: Wish & { channel?: string }): Promise<Post> {
  await asks(who, wish);
  return owner.card(wish.channel ?? CHANNELS.payments, new RegExp(wish.backup));
}
