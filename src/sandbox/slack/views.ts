import { withIds } from './block-ids.ts';
import { Changes } from './changes.ts';
import { FormState } from './forms/state.ts';
import { APP, TEAM } from './identity.ts';
import { newId, newSecret } from './ids.ts';
import { type Json, records } from './json.ts';

/** A view on someone's screen. */
export interface OpenView {
  readonly id: string;
  readonly user: string;
  /** The definition the app sent last, with the ids that it left out. */
  definition: Json;
  hash: string;
  readonly rootId: string;
  readonly previousId: string | null;
  readonly form: FormState;
}

/** An open modal and two pushed onto it. */
export const STACK_LIMIT = 3;

/** Every person's stack of modals and their home tab. */
export class Views {
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();
  readonly #changes: Changes;

  constructor(changes = new Changes()) {
    this.#changes = changes;
  }

  /** Everyone who had a modal open or has a home tab. */
  users(): readonly string[] {
    return [...new Set([...this.#stacks.keys(), ...this.#homes.keys()])];
  }

  top(user: string): OpenView | undefined {
    return this.#stacks.get(user)?.at(-1);
  }

  stack(user: string): readonly OpenView[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): OpenView | undefined {
    return this.#homes.get(user);
  }

  /** An open modal or a published home, by its id. */
  byId(id: string): OpenView | undefined {
    return this.#all().find((view) => view.id === id);
  }

  byExternalId(externalId: string): OpenView | undefined {
    return this.#all().find((view) => view.definition.external_id === externalId);
  }

  /** Opens a modal over whatever the person had open. */
  open(user: string, definition: Json): OpenView {
    const view = newView(user, definition, null);
    this.#setStack(user, [view]);
    return view;
  }

  push(user: string, definition: Json): OpenView {
    const stack = this.stack(user);
    const view = newView(user, definition, stack.at(-1) ?? null);
    this.#setStack(user, [...stack, view]);
    return view;
  }

  update(view: OpenView, definition: Json): void {
    view.definition = withViewIds(definition);
    view.hash = newHash();
    view.form.prune(view.definition.blocks);
    this.#changes.tell({ kind: this.#homes.get(view.user) === view ? 'home' : 'stack', user: view.user });
  }

  /** Closes the modal on top; the one below shows again. */
  pop(user: string): void {
    this.#setStack(user, this.stack(user).slice(0, -1));
  }

  clear(user: string): void {
    this.#setStack(user, []);
  }

  publish(user: string, definition: Json): OpenView {
    const known = this.#homes.get(user);
    if (known) {
      this.update(known, definition);
      return known;
    }
    const view = newView(user, definition, null);
    this.#homes.set(user, view);
    this.#changes.tell({ kind: 'home', user });
    return view;
  }

  #setStack(user: string, stack: OpenView[]): void {
    this.#stacks.set(user, stack);
    this.#changes.tell({ kind: 'stack', user });
  }

  #all(): OpenView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }
}

function newView(user: string, definition: Json, below: OpenView | null): OpenView {
  const id = newId('V');
  return {
    id,
    user,
    definition: withViewIds(definition),
    hash: newHash(),
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    form: new FormState(),
  };
}

function withViewIds(definition: Json): Json {
  return { ...definition, blocks: withIds(definition.blocks) };
}

function newHash(): string {
  return `${Math.floor(Date.now() / 1000)}.${newSecret().slice(0, 8)}`;
}

/** The view as payloads and answers carry it, with the present state of its inputs. */
export function viewPayload(view: OpenView): Json {
  const { definition } = view;
  const blocks = records(definition.blocks);
  return {
    id: view.id,
    team_id: TEAM.id,
    type: definition.type,
    blocks,
    private_metadata: definition.private_metadata ?? '',
    callback_id: definition.callback_id ?? '',
    state: { values: view.form.values(blocks) },
    hash: view.hash,
    title: definition.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: definition.clear_on_close === true,
    notify_on_close: definition.notify_on_close === true,
    close: definition.close ?? null,
    submit: definition.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: APP.id,
    external_id: definition.external_id ?? '',
    app_installed_team_id: TEAM.id,
    bot_id: APP.bot_id,
  };
}
