import type { Action, Command, Definition, Home, Modal, Options, Shortcut } from './define.ts';
import { helpCommand } from './help/help-command.ts';

/** Every interaction of the bot, by what Slack names it with. */
export interface Registry {
  readonly commands: ReadonlyMap<string, Command>;
  readonly modals: ReadonlyMap<string, Modal>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly options: ReadonlyMap<string, Options>;
  readonly shortcuts: ReadonlyMap<string, Shortcut>;
  readonly home: Home | undefined;
}

/** The prefix of buttons that only open a link: Slack sends the click all the same, and it needs no answer. */
export const LINK_PREFIX = 'link:';

/** Slack takes 255; the rest is left for suffixes after `#`. */
const ID_LIMIT = 100;
const idShape = /^[a-z][a-z0-9]*(-[a-z0-9]+)*:[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const wordShape = /^[a-z]+(-[a-z]+)*$/;

/** Gathers the definitions and adds `help`; a fault that would leave one unreachable throws at once, and names it. */
export function createRegistry(definitions: readonly Definition[]): Registry {
  const commands = new Map<string, Command>();
  const modals = new Map<string, Modal>();
  const actions = new Map<string, Action>();
  const options = new Map<string, Options>();
  const shortcuts = new Map<string, Shortcut>();
  let home: Home | undefined;

  const add = (definition: Definition): void => {
    switch (definition.kind) {
      case 'command':
        put(commands, definition.word, { definition, what: 'command', shape: wordShape });
        break;
      case 'modal':
        put(modals, definition.id, { definition, what: 'modal', shape: idShape });
        for (const inner of definition.actions) add(inner);
        break;
      case 'action':
        put(actions, definition.id, { definition, what: 'action', shape: idShape });
        break;
      case 'options':
        put(options, definition.id, { definition, what: 'options', shape: idShape });
        break;
      case 'shortcut':
        put(shortcuts, definition.id, { definition, what: 'shortcut', shape: idShape });
        break;
      case 'home':
        if (home) throw new Error('The home tab is defined twice; keep one.');
        home = definition;
        break;
    }
  };
  for (const definition of definitions) add(definition);
  add(helpCommand(commands));
  return { commands, modals, actions, options, shortcuts, home };
}

function put<D>(
  into: Map<string, D>,
  id: string,
  entry: { readonly definition: D; readonly what: string; readonly shape: RegExp },
): void {
  const { definition, what, shape } = entry;
  if (!shape.test(id) || id.length > ID_LIMIT || id.startsWith(LINK_PREFIX)) {
    const wanted =
      shape === wordShape
        ? 'one lower-case word'
        : `feature:action in lower case, up to ${ID_LIMIT} characters, not ${LINK_PREFIX}…`;
    throw new Error(`The ${what} "${id}" is not named as it must be: ${wanted}.`);
  }
  if (into.has(id)) throw new Error(`The ${what} "${id}" is defined twice; give one of them another name.`);
  into.set(id, definition);
}
