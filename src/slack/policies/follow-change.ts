import type { ModalView } from '@slack/types';
import type { Change } from '../../core/changes/change.ts';
import type { Context, OpenView } from '../answers.ts';
import { begunView, outcomeView, settledChange } from '../changes/await-change.ts';
import { actions, button } from '../kit.ts';
import { SHOW_POLICY } from './policy-ref.ts';

/** A view that shows a change being made, and then its outcome with the way back to its policy. */
export interface Followed {
  readonly view: ModalView;
  readonly after: (view: OpenView) => Promise<void>;
}

/** Follows a change of a policy in the view from which it was made. */
export function followChange(ctx: Context, filed: Change, title: string): Followed {
  return {
    view: begunView(ctx, filed, title),
    async after(view) {
      const change = await settledChange(ctx.core, filed.id);
      const shown = await outcomeView(ctx, change, title);
      await view.update({ ...shown, blocks: [...shown.blocks, ...wayBack(change)] });
    },
  };
}

/** Not to a policy that was deleted, or was never made. */
function wayBack({ project, deed, state, result }: Change) {
  if (deed.kind.startsWith('backup.') || (deed.kind === 'policy.delete' && state === 'done')) return [];
  const policy = 'policyId' in deed ? deed.policyId : result?.policyId;
  if (policy === undefined) return [];
  return [
    actions(button({ text: 'Show the policy', actionId: SHOW_POLICY, value: JSON.stringify({ project, policy }) })),
  ];
}
