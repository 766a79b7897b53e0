import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { AlreadyRunning } from '../../core/errors.ts';
import type { Policy } from '../../core/policies/policy.ts';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import { runPolicy } from '../../core/policies/run-policy.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context, ModalAnswer, OpenView } from '../answers.ts';
import { defineModal } from '../define.ts';
import { metadataText } from '../metadata.ts';
import { loadingView } from '../notice-view.ts';
import { alreadyRunningView, confirmRunView, nothingToRunView, RUN_TITLE, requestedView } from './confirm-run-view.ts';

export const CONFIRM_RUN = 'run:confirm';

/** The policy as it was shown. The worker that starts the run reads it again. */
const metadata = z.object({
  project: z.string(),
  policyId: z.string(),
  policyName: z.string(),
  disks: z.int().min(0),
});

/** The cloud's names are shorter; what is longer would not fit what a modal carries. */
const LONGEST_NAME = 300;

/** *Run now* in the confirmation: files the run, or says which one is going on. */
export const confirmRunModal = defineModal({
  id: CONFIRM_RUN,
  again: '/vbs run',
  metadata,
  values: z.unknown(),
  async submit(ctx, { metadata: wish }): Promise<ModalAnswer> {
    const { alertsChannel: channel } = ctx.core.projects.get(wish.project);
    try {
      await runPolicy(ctx.core, { ...wish, by: ctx.user, dedupeKey: ctx.dedupeKey });
    } catch (error) {
      if (!(error instanceof AlreadyRunning)) throw error;
      return {
        update: loadingView('It is being run already; looking for its card…', RUN_TITLE),
        after: async (view: OpenView) => {
          const run = await ctx.core.store.runs.get(error.runId);
          if (run === undefined) throw error;
          await view.update(await runningView(ctx, run, channel));
        },
      };
    }
    return { update: requestedView({ ...wish, channel }) };
  },
});

/**
 * What stands between a person and a run: the question whether to run it, or why it cannot be run now. Throws
 * NotAllowed or CannotCheck.
 */
export async function confirmation(
  ctx: Context,
  { project, policy }: { readonly project: ManagedProject; readonly policy: Policy },
): Promise<ModalView> {
  const { access, store } = ctx.core;
  await access.assert('run', project, ctx.user);
  const active = await store.runs.activeOf(project.alias, policy.id);
  if (active !== undefined) return runningView(ctx, active, project.alertsChannel);
  if (policy.disks === 0) return nothingToRunView({ project: project.alias, policy });
  const [lastRun] = await store.runs.newestOf(project.alias, policy.id, 1);
  const wish = {
    project: project.alias,
    policyId: policy.id,
    policyName: policy.name.slice(0, LONGEST_NAME),
    disks: policy.disks,
  };
  const lastCard = lastRun && (await cardLink(ctx, lastRun));
  return confirmRunView(
    { project: project.alias, policy, lastRun, channel: project.alertsChannel, lastCard },
    { callbackId: CONFIRM_RUN, metadata: metadataText(metadata, wish) },
  );
}

async function runningView(ctx: Context, run: PolicyRun, channel: string): Promise<ModalView> {
  return alreadyRunningView(run, { link: await cardLink(ctx, run), channel });
}

async function cardLink(ctx: Context, run: PolicyRun): Promise<string | undefined> {
  const card = await ctx.core.store.cards.messageOf('policy-run', run.id);
  return card && ctx.client.permalink(card.channel, card.ts);
}
