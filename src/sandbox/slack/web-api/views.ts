import type { Json } from '../json.ts';
import { isRecord } from '../json.ts';
import type { Parts } from '../parts.ts';
import { validateView } from '../validate/view.ts';
import { type OpenView, STACK_LIMIT, viewPayload } from '../views.ts';
import { ApiError, invalid } from './api-error.ts';
import { optional, required } from './arguments.ts';
import type { Methods } from './method.ts';

/** The `views.*` methods. They need no scope. */
export const viewMethods: Methods = {
  'views.open': { tier: 'tier4', run: open },
  'views.push': { tier: 'tier4', run: push },
  'views.update': { tier: 'tier4', run: update },
  'views.publish': { tier: 'tier4', run: publish },
};

function open(parts: Parts, args: Json): Json {
  const definition = checkedView(args.view, 'modal');
  refuseTakenId(parts, definition);
  const { user } = parts.triggers.exchange(triggerId(args));
  return { view: viewPayload(parts.views.open(user, definition)) };
}

function push(parts: Parts, args: Json): Json {
  const definition = checkedView(args.view, 'modal');
  refuseTakenId(parts, definition);
  const { user, viewId } = parts.triggers.exchange(triggerId(args));
  const stack = parts.views.stack(user);
  if (viewId === undefined || !stack.some((view) => view.id === viewId)) throw new ApiError('not_found');
  if (stack.length >= STACK_LIMIT) throw new ApiError('push_limit_reached');
  return { view: viewPayload(parts.views.push(user, definition)) };
}

function update(parts: Parts, args: Json): Json {
  const view = addressedView(parts, args);
  const definition = checkedView(args.view, view.definition.type === 'home' ? 'home' : 'modal');
  refuseTakenId(parts, definition, view);
  refuseOldHash(view, args);
  parts.views.update(view, definition);
  return { view: viewPayload(view) };
}

function publish(parts: Parts, args: Json): Json {
  const user = required(args, 'user_id');
  if (!parts.directory.human(user)) throw new ApiError('invalid_arguments');
  if (!parts.manifest.homeTab) throw new ApiError('not_enabled');
  const definition = checkedView(args.view, 'home');
  const known = parts.views.home(user);
  refuseTakenId(parts, definition, known);
  if (known) refuseOldHash(known, args);
  return { view: viewPayload(parts.views.publish(user, definition)) };
}

/** Slack takes a trigger under both names; `interactivity_pointer` is that of its workflow functions. */
function triggerId(args: Json): string {
  return optional(args, 'interactivity_pointer') ?? required(args, 'trigger_id');
}

function addressedView(parts: Parts, args: Json): OpenView {
  const id = optional(args, 'view_id');
  const externalId = optional(args, 'external_id');
  if (id === undefined && externalId === undefined) {
    throw invalid('invalid_arguments', ['[ERROR] missing required field: view_id or external_id']);
  }
  const view = id === undefined ? parts.views.byExternalId(externalId ?? '') : parts.views.byId(id);
  if (!view) throw new ApiError('not_found');
  return view;
}

/** The view, if Slack would show it. */
export function checkedView(view: unknown, type: 'modal' | 'home'): Json {
  const [first, ...rest] = validateView(view, type);
  if (first?.startsWith('view_too_large')) throw new ApiError('view_too_large');
  if (first !== undefined) throw invalid('invalid_arguments', [first, ...rest]);
  if (!isRecord(view)) throw new ApiError('invalid_arguments');
  return view;
}

/** Refuses an external id that another view has, one that this definition does not replace. */
export function refuseTakenId(parts: Parts, definition: Json, self?: OpenView): void {
  const externalId = optional(definition, 'external_id');
  if (externalId === undefined) return;
  const holder = parts.views.byExternalId(externalId);
  if (holder && holder !== self) throw new ApiError('duplicate_external_id');
}

function refuseOldHash(view: OpenView, args: Json): void {
  const hash = optional(args, 'hash');
  if (hash !== undefined && hash !== view.hash) throw new ApiError('hash_conflict');
}
