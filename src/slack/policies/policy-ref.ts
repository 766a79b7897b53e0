import { z } from 'zod';
import type { ActionAnswer, Context, OpenView, Origin } from '../answers.ts';
import { entityId } from '../entity-id.ts';
import { oneLine } from '../kit.ts';
import { loadingView } from '../notice-view.ts';

export const SHOW_POLICY = 'policy:show';
export const NEW_POLICY = 'policy:new';
export const EDIT_POLICY = 'policy:edit';
export const TURN_POLICY = 'policy:turn';
export const DELETE_POLICY = 'policy:delete';
export const ADD_DISKS = 'policy:add-disks';
export const REMOVE_DISKS = 'policy:remove-disks';
export const POLICY_TAGS = 'policy:tags';
export const POLICY_AGAIN = '/vbs policy';

/** The policy that a button or form speaks of. */
export interface PolicyRef {
  readonly project: string;
  readonly policy: string;
}

/** What buttons below a policy carry. */
export const policyRef = z.object({ project: z.string(), policy: z.string() });

/**
 * Shows at once what is waited for, and lets `after` go on: in the place of the view that was clicked; over a message,
 * in a modal of its own.
 */
export function waitingIn(
  origin: Origin,
  about: { readonly waiting: string; readonly title: string },
  after: (view: OpenView) => Promise<void>,
): ActionAnswer {
  const first = loadingView(about.waiting, about.title);
  return origin.in === 'view' ? { updateView: first, after } : { open: first, after };
}

/**
 * What a form is known by: several forms follow one another in one view, by whose id alone they could not be told apart.
 */
export const formId = entityId;

/** The same for every delivery of one form that was handed in. */
export function formKey(ctx: Context, form: string): string {
  return `${ctx.dedupeKey}#${form}`;
}

/** What is said while a policy is read. */
export function readingPolicy(project: string): string {
  return `Reading the policies of ${oneLine(project)}…`;
}
