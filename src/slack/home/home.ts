import type { Page } from '../../core/page.ts';
import { activeRunStates, type PolicyRun } from '../../core/policies/policy-run.ts';
import type { RunFilter } from '../../core/policies/run-store.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import { WITHDRAW as WITHDRAW_CHANGE } from '../changes/withdraw.ts';
import { defineHome } from '../define.ts';
import { cardLink, myRequests, projectsFor, requestsAwaiting } from '../requests/list-requests.ts';
import { SHARE_BEGIN } from '../share/begin-share.ts';
import { WITHDRAW as WITHDRAW_SHARE } from '../share/withdraw.ts';
import { homeView, type ListedRun } from './home-view.ts';

/** Entries of each part: four parts stay well within the blocks of a home tab. */
const PER_PART = 5;
const PAGE = { offset: 0, limit: PER_PART };
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** The home tab. It asks no cloud. */
export const home = defineHome({
  async render(ctx) {
    const [visible, askable, runnable] = await Promise.all([
      projectsFor(ctx, 'view'),
      projectsFor(ctx, 'request'),
      projectsFor(ctx, 'run'),
    ]);
    const [mine, waiting, running, failed] = await Promise.all([
      myRequests(ctx, PAGE),
      requestsAwaiting(ctx, PAGE),
      runsIn(ctx, visible, { states: activeRunStates }),
      runsIn(ctx, visible, { failing: true, since: new Date(ctx.now.getTime() - WEEK_MS) }),
    ]);
    const withdraw = { share: WITHDRAW_SHARE, change: WITHDRAW_CHANGE };
    const may = { share: isOffered(askable), run: isOffered(runnable) };
    return homeView({ mine, waiting, running, failed, may, now: ctx.now }, { share: SHARE_BEGIN, withdraw });
  },
});

/** Where it is not known whether somebody may, they may try. */
function isOffered(projects: readonly ManagedProject[] | undefined): boolean {
  return projects === undefined || projects.length > 0;
}

/** Runs in these projects, newest first; undefined where it is not known which those are. */
async function runsIn(
  ctx: Context,
  visible: readonly ManagedProject[] | undefined,
  filter: RunFilter,
): Promise<Page<ListedRun> | undefined> {
  if (visible === undefined) return undefined;
  if (visible.length === 0) return { total: 0, items: [] };
  const projects = visible.map((project) => project.alias);
  const { total, items } = await ctx.core.store.runs.list({ ...filter, projects }, PAGE);
  return { total, items: await Promise.all(items.map((run) => listed(ctx, run))) };
}

async function listed(ctx: Context, run: PolicyRun): Promise<ListedRun> {
  return { run, link: await cardLink(ctx, 'policy-run', run.id) };
}
