import type { ModalView } from '@slack/types';
import type { z } from 'zod';
import type {
  ActionAnswer,
  Awaitable,
  Choice,
  CommandAnswer,
  Context,
  FlatValue,
  HomeAnswer,
  ModalAnswer,
  OpenView,
  Origin,
  ShortcutMessage,
  ViewOrigin,
} from './answers.ts';
import { readMetadata } from './metadata.ts';
import { OutOfDate } from './out-of-date.ts';

/**
 * Interactions are defined here and nowhere else. A handler returns its answer, and dispatch/ sends it: first the
 * acknowledgement, which waits for neither Slack nor the cloud, then whatever follows. Nobody calls `ack()`.
 */
export type Definition = Command | Modal | Action | Options | Shortcut | Home;

/** A subcommand of `/vbs`. */
export interface Command {
  readonly kind: 'command';
  readonly word: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** Its arguments, such as `[project] [backup]`. */
  readonly usage: string;
  /** Whole commands that can be copied, such as `/vbs share payments db-nightly`. */
  readonly examples: readonly string[];
  /** The words after it that it has no use for; none unless given. They are named, and it does not run. */
  surplus?(args: readonly string[]): readonly string[];
  run(ctx: Context, args: readonly string[]): Awaitable<CommandAnswer>;
}

export interface Modal {
  readonly kind: 'modal';
  readonly id: string;
  readonly again: string;
  readonly actions: readonly (Action | Options)[];
  submit(ctx: Context, view: ViewOrigin): Awaitable<ModalAnswer>;
  closed?(ctx: Context, view: ViewOrigin): Promise<void>;
}

export interface Action {
  readonly kind: 'action';
  readonly id: string;
  readonly again: string;
  run(ctx: Context, value: unknown, origin: Origin): Awaitable<ActionAnswer>;
}

export interface Options {
  readonly kind: 'options';
  readonly id: string;
  find(ctx: Context, query: string, origin: Origin): Awaitable<readonly Choice[]>;
}

/** An entry of Slack's own menus: of the one for shortcuts, or of the one of a message. */
export interface Shortcut {
  readonly kind: 'shortcut';
  readonly id: string;
  /** Where Slack shows it, as the manifest has it. */
  readonly on: 'global' | 'message';
  /** What to run instead when Slack gave no time to open anything. */
  readonly again: string;
  /** What is shown at once: a shortcut answers with a modal, and Slack opens none after three seconds. */
  readonly loading: ModalView;
  run(ctx: Context, view: OpenView, message: ShortcutMessage): Promise<void>;
}

export interface Home {
  readonly kind: 'home';
  render(ctx: Context): Promise<HomeAnswer>;
}

/** A modal that was submitted, parsed. */
export interface Form<M, V> {
  readonly metadata: M;
  readonly values: V;
  readonly view: ViewOrigin;
}

/** Defines a subcommand of `/vbs`. */
export function defineCommand(about: Omit<Command, 'kind'>): Command {
  return { kind: 'command', ...about };
}

/**
 * Defines what happens when the modal with the callback id `id` is submitted. `again` is the command to run when it is
 * out of date. A block id may carry a suffix from `#` on, which is not part of its name: change it to make Slack forget
 * what was typed or found. `values` is only asked whether this is our form: faults of the person's input belong in
 * `submit`, which answers them as `errors`.
 */
export function defineModal<M extends z.ZodType, V extends z.ZodType>(about: {
  readonly id: string;
  readonly again: string;
  readonly metadata: M;
  readonly values: V;
  submit(ctx: Context, form: Form<z.output<M>, z.output<V>>): Awaitable<ModalAnswer>;
  /** Needs `notify_on_close` in the view. */
  closed?(ctx: Context, metadata: z.output<M>): Promise<void>;
  readonly actions?: readonly (Action | Options)[];
}): Modal {
  const { id, again, actions = [] } = about;
  const closed = about.closed?.bind(about);
  return {
    kind: 'modal',
    id,
    again,
    actions,
    submit(ctx, view) {
      const metadata = readMetadata(about.metadata, view, again);
      const values = about.values.safeParse(view.values);
      if (!values.success) throw new OutOfDate(again);
      return about.submit(ctx, { metadata, values: values.data, view });
    },
    ...(closed && {
      closed: (ctx: Context, view: ViewOrigin) => closed(ctx, readMetadata(about.metadata, view, again)),
    }),
  };
}

/**
 * Defines what a click or choice does. The element's `action_id` is `id`, or `id#anything` where one block holds
 * several. `value` parses a button's or overflow entry's value (as JSON where it is an object or array in JSON, else as
 * the text it is), the chosen value or values of a select, a date, or a text.
 */
export function defineAction<V extends z.ZodType>(about: {
  readonly id: string;
  readonly again: string;
  readonly value: V;
  run(ctx: Context, value: z.output<V>, origin: Origin): Awaitable<ActionAnswer>;
}): Action {
  const { id, again } = about;
  return {
    kind: 'action',
    id,
    again,
    run(ctx, value, origin) {
      const parsed = about.value.safeParse(value);
      if (!parsed.success) throw new OutOfDate(again);
      return about.run(ctx, parsed.data, origin);
    },
  };
}

/** Defines where a searched select (`external_select`) with this action id finds its entries. */
export function defineOptions(about: Omit<Options, 'kind'>): Options {
  return { kind: 'options', ...about };
}

/** Defines a shortcut; the manifest must name it. */
export function defineShortcut(about: Omit<Shortcut, 'kind'>): Shortcut {
  return { kind: 'shortcut', ...about };
}

/** Defines the home tab. */
export function defineHome(about: Omit<Home, 'kind'>): Home {
  return { kind: 'home', ...about };
}

/** The part of a block or action id before `#`. */
export function plainId(id: string): string {
  const at = id.indexOf('#');
  return at < 0 ? id : id.slice(0, at);
}

/** One value out of `values`, as text; undefined where nothing was entered. */
export function textOf(value: FlatValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
