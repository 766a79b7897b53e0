import type { ModalView } from '@slack/types';
import type { Context } from '../answers.ts';
import { defineAction } from '../define.ts';
import { PolicyChooser } from './policy-chooser.ts';
import { POLICY_TITLE, policyDetailsView } from './policy-details-view.ts';
import {
  ADD_DISKS,
  DELETE_POLICY,
  EDIT_POLICY,
  POLICY_AGAIN,
  POLICY_TAGS,
  type PolicyRef,
  policyRef,
  REMOVE_DISKS,
  readingPolicy,
  SHOW_POLICY,
  TURN_POLICY,
  waitingIn,
} from './policy-ref.ts';
import { mayHere, readPolicyFor, runsOf, tagsIfRead } from './read-policy.ts';
import { RUN_NOW } from './run-now.ts';

const ids = {
  edit: EDIT_POLICY,
  turn: TURN_POLICY,
  addDisks: ADD_DISKS,
  removeDisks: REMOVE_DISKS,
  tags: POLICY_TAGS,
  remove: DELETE_POLICY,
  run: RUN_NOW,
};

/** The policy as it is now. Throws NotFound, NotAllowed, CannotCheck or CloudError. */
async function policyDetails(ctx: Context, ref: PolicyRef): Promise<ModalView> {
  const { project, policy, disks } = await readPolicyFor(ctx, ref, 'view');
  const [tags, runs, mayManage, mayRun] = await Promise.all([
    tagsIfRead(ctx.core, ref),
    runsOf(ctx.core, ref),
    mayHere(ctx, 'manage', project),
    mayHere(ctx, 'run', project),
  ]);
  return policyDetailsView(
    {
      project: project.alias,
      policy,
      lastRun: runs.last,
      seen: { now: ctx.now, lastRun: runs.struckAt },
      tags,
      diskIds: disks.of(policy.id),
      names: project.disks,
      mayManage,
      mayRun,
    },
    ids,
  );
}

/** A click on *Show the policy*, or on *Show details* in the list. */
export const showPolicyAction = defineAction({
  id: SHOW_POLICY,
  again: POLICY_AGAIN,
  value: policyRef,
  run(ctx, ref, origin) {
    const about = { waiting: readingPolicy(ref.project), title: POLICY_TITLE };
    return waitingIn(origin, about, async (view) => view.update(await policyDetails(ctx, ref)));
  },
});

/** Which policy is to be shown. */
export const policyChooser = new PolicyChooser({
  id: 'policy',
  command: POLICY_AGAIN,
  title: POLICY_TITLE,
  action: 'view',
  next: (ctx, { project, policy }) => policyDetails(ctx, { project: project.alias, policy: policy.id }),
});
