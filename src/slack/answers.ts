import type { HomeView, ModalView } from '@slack/types';
import type { Core } from '../core/core.ts';
import type { Message } from './kit.ts';

export type Awaitable<T> = T | Promise<T>;

/** What a handler may do in Slack besides answering. */
export interface SlackAccess {
  /** The link of a message; undefined where Slack does not tell it now. */
  permalink(channel: string, ts: string): Promise<string | undefined>;
  /** Draws the person's home tab anew. */
  refreshHome(): Promise<void>;
  /** What a person is called, as raw text; undefined where Slack does not tell it now. */
  nameOf(user: string): Promise<string | undefined>;
  /** Posts into a channel, or to a person by their id. Throws unless Slack takes it. */
  post(channel: string, message: Message): Promise<Posted>;
  /** Changes what was posted. */
  change(posted: Posted, message: Message): Promise<void>;
  /** Puts a file into the thread of what was posted. */
  upload(posted: Posted, file: NewFile): Promise<void>;
  /** Speaks to the person through a `response_url` that a modal carried along: it takes five uses in 30 minutes. */
  replyTo(responseUrl: string): Reply;
}

/** A message where Slack put it. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

export interface NewFile {
  readonly name: string;
  readonly title: string;
  readonly content: Buffer;
}

/** What every handler gets. */
export interface Context {
  readonly core: Core;
  /** Slack's id of the person. */
  readonly user: string;
  readonly now: Date;
  /** Where it happened, if in a channel. */
  readonly channel: string | undefined;
  /** Where a command or a click in a message is answered later; a secret for its 30 minutes. */
  readonly responseUrl: string | undefined;
  /** The same for every delivery of one submission, click or command: an effect kept under it happens once. */
  readonly dedupeKey: string;
  readonly client: SlackAccess;
}

/** Speaks to the person who acted, and to nobody else. */
export interface Reply {
  say(message: Message): Promise<void>;
  /** Puts it in the place of the message that was clicked; after a command, and where there is none, as `say`. */
  replace(message: Message): Promise<void>;
}

/** A modal that is open, for the second step; it can speak to the person as well. */
export interface OpenView extends Reply {
  /** Draws it anew. Nothing happens where it was closed, or drawn by something newer. */
  update(view: ModalView): Promise<void>;
}

/** Opens a modal at once; `after` runs once it is open, and may take its time. */
export interface OpenAnswer {
  readonly open: ModalView;
  readonly after?: (view: OpenView) => Promise<void>;
}

export interface PushAnswer {
  readonly push: ModalView;
  readonly after?: (view: OpenView) => Promise<void>;
}

/** Slow work that answers by itself; `waiting` says what is waited for when it takes more than two seconds. */
export interface LaterAnswer {
  readonly later: (reply: Reply) => Promise<void>;
  readonly waiting?: string;
}

export type CommandAnswer = { readonly say: Message } | OpenAnswer | LaterAnswer;

export type ModalAnswer =
  /** `after` can say something; there is no view any more that it could update. */
  | { readonly close: true; readonly after?: (view: OpenView) => Promise<void> }
  | { readonly clear: true; readonly after?: (view: OpenView) => Promise<void> }
  /** By block id of an input. */
  | { readonly errors: Readonly<Record<string, string>> }
  | { readonly update: ModalView; readonly after?: (view: OpenView) => Promise<void> }
  | PushAnswer;

export type ActionAnswer =
  | { readonly nothing: true }
  /** To the person alone: under the message, or as a modal over the view or home tab. */
  | { readonly say: Message }
  /** In the place of the message that was clicked. */
  | { readonly replace: Message }
  | OpenAnswer
  | PushAnswer
  /** Draws the view that was clicked anew. */
  | { readonly updateView: ModalView; readonly after?: (view: OpenView) => Promise<void> }
  | { readonly refreshHome: true }
  | LaterAnswer;

/** What the elements of a view hold, by block id without what follows `#`; by `block.action` where a block has several. */
export type FlatValues = Readonly<Record<string, FlatValue>>;
export type FlatValue = string | readonly string[] | number | null;

/** A view as it comes back. */
export interface ViewOrigin {
  readonly id: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  readonly hash: string;
  readonly callbackId: string;
  /** Read it with `readMetadata`. */
  readonly privateMetadata: string;
  readonly values: FlatValues;
}

/** Where a click or choice was made. */
export type Origin =
  | {
      readonly in: 'message';
      readonly channel: string;
      readonly ts: string;
      readonly ephemeral: boolean;
      readonly responseUrl: string;
    }
  | { readonly in: 'view'; readonly view: ViewOrigin }
  | { readonly in: 'home' };

/** The message on which a shortcut was run; empty where it was run from anywhere. */
export interface ShortcutMessage {
  /** All that can be read in it, raw. */
  readonly text: string;
}

/** One entry of a searched select, in plain words: cut to Slack's limits when it is sent. */
export interface Choice {
  readonly text: string;
  /** At most 150 characters; an entry whose value is longer is left out. */
  readonly value: string;
  readonly description?: string | undefined;
}

export type HomeAnswer = HomeView;
