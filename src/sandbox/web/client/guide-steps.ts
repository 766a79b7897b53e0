import { record, records, text } from './json.ts';
import type { Exchange } from './state/model.ts';

/** What one did that no exchange with the app shows. */
const DEEDS = ['struck', 'broke', 'home', 'restarted'] as const;
export type Deed = (typeof DEEDS)[number];

/** Something that happened, by which a step may be done. */
export type Fact = Exchange | Deed;

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly how: string;
  /** Who is to be played, and where to look first. */
  readonly as?: string;
  readonly channel?: string;
  readonly panel?: 'cloud' | 'trouble';
  readonly isDone: (fact: Fact) => boolean;
}

/** A few things to try, in an order that tells the bot's story. */
export const STEPS: readonly Step[] = [
  {
    id: 'approve',
    title: 'Approve a request',
    how: 'Ana asks for a backup of payments. As Olga, who owns payments, press Approve and watch the card.',
    as: 'U0OLGA',
    channel: 'C0PAYAPPROVE',
    isDone: (fact) => saysOf(fact).startsWith('✅ Shared'),
  },
  {
    id: 'refused',
    title: 'Be refused',
    how: 'Nia has no rights. As Nia, type /vbs share payments, or press a button that is not hers.',
    as: 'U0NIA',
    channel: 'C0PAYAPPROVE',
    isDone: (fact) => saysOf(fact).startsWith('⛔'),
  },
  {
    id: 'ask',
    title: 'Ask for a backup',
    how: 'As Robin, type /vbs share payments: search a backup, say why, and hand it in.',
    as: 'U0ROBIN',
    channel: 'C0GENERAL',
    // Ana's request was there before anyone came.
    isDone: (fact) => isExchange(fact) && callbackOf(fact) === 'share:form' && userOf(fact) !== 'U0ANA',
  },
  {
    id: 'run',
    title: 'Run a policy with a disk that fails',
    how: 'Under Trouble, let the next backup of payments-db-2 fail. As Omar, type /vbs run payments nightly.',
    as: 'U0OMAR',
    channel: 'C0PAYALERTS',
    panel: 'trouble',
    isDone: (fact) => saysOf(fact).startsWith('❌ Backup failed') && saysOf(fact).includes('Started by '),
  },
  {
    id: 'backup',
    title: 'Back up a disk',
    how: 'As Omar, type /vbs backup payments payments-db-1 and hand the form in. Its card follows the job to its end.',
    as: 'U0OMAR',
    channel: 'C0PAYALERTS',
    // A policy's own run says what was backed up too, but not under which name.
    isDone: (fact) => /^✅ Backed up: .* as /.test(saysOf(fact)),
  },
  {
    id: 'restore',
    title: 'Restore a backup',
    how: 'As Robin, type /vbs restore payments, choose a backup and payments-db-2, and type its name. As Olga, approve it.',
    as: 'U0ROBIN',
    channel: 'C0PAYAPPROVE',
    isDone: (fact) => saysOf(fact).startsWith('✅ Restored: '),
  },
  {
    id: 'delete',
    title: 'Delete a backup',
    how: 'As Robin, type /vbs delete payments. One that is shared is refused; for another one, Olga decides.',
    as: 'U0ROBIN',
    channel: 'C0PAYAPPROVE',
    isDone: (fact) => saysOf(fact).startsWith('✅ Deleted: '),
  },
  {
    id: 'policy',
    title: 'Make a backup policy',
    how: 'As Ada, who is an admin, type /vbs policy payments new: the form says in words what you choose, and its next runs.',
    as: 'U0ADA',
    channel: 'C0PAYAPPROVE',
    isDone: (fact) => /^✅ Policy .* created by /.test(saysOf(fact)),
  },
  {
    id: 'strike',
    title: 'Let a schedule strike',
    how: 'Under Trouble, let a policy’s schedule strike now. Its run shows in the alerts channel by itself.',
    channel: 'C0PAYALERTS',
    panel: 'trouble',
    isDone: (fact) => fact === 'struck',
  },
  {
    id: 'broke',
    title: 'Take the cloud away',
    how: 'Under Trouble, make the cloud slow or down, then type /vbs backups payments: you get an answer all the same.',
    as: 'U0ROBIN',
    panel: 'trouble',
    isDone: (fact) => fact === 'broke',
  },
  {
    id: 'record',
    title: 'Take the record with you',
    how: 'As Olga, type /vbs audit payments, then Export as CSV. The file comes into the thread, to be saved.',
    as: 'U0OLGA',
    channel: 'C0PAYAPPROVE',
    isDone: (fact) => isExchange(fact) && fact.kind === 'upload',
  },
  {
    id: 'home',
    title: 'Look at the home tab',
    how: 'Under Apps, open vbs and its Home: what waits for you, what runs, what went wrong.',
    isDone: (fact) => fact === 'home',
  },
  {
    id: 'restarted',
    title: 'Pull the plug',
    how: 'Stop the demo with Ctrl+C while something waits, and start it again with --keep. It goes on where it was.',
    isDone: (fact) => fact === 'restarted',
  },
];

function isExchange(fact: Fact): fact is Exchange {
  return typeof fact !== 'string';
}

/** The text that the app put on people's screens by this exchange. */
function saysOf(fact: Fact): string {
  if (!isExchange(fact)) return '';
  const said = fact.toApp ? fact.response : fact.request;
  return text(record(said).text) ?? '';
}

function userOf(exchange: Exchange): string | undefined {
  return text(record(record(exchange.request).user).id);
}

/** The form that was handed in by this exchange, and taken. */
function callbackOf(exchange: Exchange): string | undefined {
  if (exchange.type !== 'view_submission') return undefined;
  const isAcked = exchange.ms !== undefined && exchange.error === undefined;
  const isTaken = records([exchange.response]).every((answer) => answer.response_action !== 'errors');
  return isAcked && isTaken ? text(record(record(exchange.request).view).callback_id) : undefined;
}
