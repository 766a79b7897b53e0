import { z } from 'zod';
import { requestChange } from '../../core/changes/request-change.ts';
import { defineAction } from '../define.ts';
import { followChange } from './follow-change.ts';
import { POLICY_TITLE } from './policy-details-view.ts';
import { POLICY_AGAIN, policyRef, readingPolicy, TURN_POLICY, waitingIn } from './policy-ref.ts';
import { readPolicyFor } from './read-policy.ts';

/** A click on *Enable* or *Disable*. */
export const turnPolicyAction = defineAction({
  id: TURN_POLICY,
  again: POLICY_AGAIN,
  value: policyRef.extend({ enabled: z.boolean() }),
  async run(ctx, wish, origin) {
    await ctx.core.access.assert('manage', ctx.core.projects.get(wish.project), ctx.user);
    const about = { waiting: readingPolicy(wish.project), title: POLICY_TITLE };
    return waitingIn(origin, about, async (view) => {
      const { project, policy } = await readPolicyFor(ctx, wish, 'manage');
      const filed = await requestChange(ctx.core, {
        by: ctx.user,
        project: project.alias,
        deed: { kind: 'policy.switch', policyId: policy.id, policyName: policy.name, enabled: wish.enabled },
        dedupeKey: ctx.dedupeKey,
      });
      const followed = followChange(ctx, filed, POLICY_TITLE);
      await view.update(followed.view);
      await followed.after(view);
    });
  },
});
