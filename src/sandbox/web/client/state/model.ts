import type { About } from '../../shared.ts';
import type { Json } from '../json.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** What they may do, in words. */
  readonly role: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

/** A file that the app has put beside a message. */
export interface FileInMessage {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly bytes: number;
  /** Its kind by its name: `csv`. */
  readonly type: string;
  /** Where the sandbox gives it out. */
  readonly path: string;
}

export interface Message {
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  readonly files: readonly FileInMessage[];
  readonly threadTs: string | undefined;
  readonly replyCount: number;
  readonly latestReply: string | undefined;
  /** Seen by this person alone. */
  readonly isEphemeral: boolean;
  readonly isEdited: boolean;
}

/** A modal or a home tab. */
export interface View {
  readonly id: string;
  readonly hash: string;
  readonly callbackId: string;
  readonly title: string;
  readonly submit: string | undefined;
  readonly close: string | undefined;
  readonly blocks: readonly Json[];
}

/** One exchange between Slack and the app. */
export interface Exchange {
  readonly number: number;
  readonly at: string;
  readonly toApp: boolean;
  readonly kind: string;
  readonly method: string | undefined;
  readonly type: string | undefined;
  readonly request: unknown;
  readonly response: unknown;
  readonly status: number | undefined;
  readonly ms: number | undefined;
  readonly error: string | undefined;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'trouble' | 'note';
  readonly text: string;
  /** What Slack's own client would have shown. */
  readonly detail?: string;
}

/** Where the person looks: a channel, their direct messages with the app, or its home tab. */
export type Where = { readonly kind: 'channel'; readonly id: string } | { readonly kind: 'home' };

export interface Thread {
  readonly channel: string;
  readonly ts: string;
}

export const PANELS = ['cloud', 'trouble', 'traffic'] as const;
export type Panel = (typeof PANELS)[number];

export interface Model {
  readonly link: 'opening' | 'open' | 'lost';
  /** Changes when the demo is started again. */
  readonly boot: string;
  /** By how much the sandbox's clock is ahead of this machine's, in milliseconds. */
  readonly ahead: number;
  readonly about: About;
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly appUser: string;
  readonly isAppConnected: boolean;
  readonly me: string;
  readonly where: Where;
  readonly thread: Thread | undefined;
  /** A message to be shown and marked, after a link to it was followed. */
  readonly pointedAt: string | undefined;
  /** By channel, as this person sees them. */
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  /** By person and channel: the latest message that was on the screen. */
  readonly seen: Readonly<Record<string, string>>;
  /** What came later than this was new when the channel on the screen was opened. */
  readonly newSince: string;
  /** People for whom alone something came since one last played them. */
  readonly stirred: Readonly<Record<string, boolean>>;
  readonly stacks: Readonly<Record<string, readonly View[]>>;
  readonly homes: Readonly<Record<string, View | undefined>>;
  readonly exchanges: readonly Exchange[];
  readonly toasts: readonly Toast[];
  readonly panel: Panel | undefined;
  /** What one has brought over the cloud and over Slack, in a word each. */
  readonly troubles: { readonly cloud?: string | undefined; readonly slack?: string | undefined };
  /** On a narrow screen, whether the list of channels lies over the messages. */
  readonly isMenuOpen: boolean;
  /** Steps of the guide that were done. */
  readonly ticked: readonly string[];
}

export const emptyModel: Model = {
  link: 'opening',
  boot: '',
  ahead: 0,
  about: { workspace: 'Sandbox', app: 'app', commands: [], shortcuts: [], groups: [], kept: false },
  people: [],
  channels: [],
  appUser: '',
  isAppConnected: false,
  me: '',
  where: { kind: 'channel', id: '' },
  thread: undefined,
  pointedAt: undefined,
  messages: {},
  seen: {},
  newSince: '',
  stirred: {},
  stacks: {},
  homes: {},
  exchanges: [],
  toasts: [],
  panel: undefined,
  troubles: {},
  isMenuOpen: false,
  ticked: [],
};

/** The channel whose messages are on the screen: direct messages with the app go by the person. */
export function channelOnScreen({ where, me }: Model): string {
  return where.kind === 'channel' ? where.id : directOf(me);
}

export function directOf(person: string): string {
  return `@${person}`;
}

/** Under which a person's place in a channel is kept in `seen`. */
export function seenKey(person: string, channel: string): string {
  return `${person} ${channel}`;
}

/** What came into a channel since this person last looked; replies in threads count where they belong. */
export function unreadIn(model: Model, channel: string): number {
  const since = model.seen[seenKey(model.me, channel)] ?? '';
  return (model.messages[channel] ?? []).filter((message) => message.ts > since && !isReply(message)).length;
}

export function isReply(message: Message): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts && !message.isEphemeral;
}
