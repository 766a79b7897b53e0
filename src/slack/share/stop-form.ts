import type { RegisteredSharing } from '../../core/sharing/sharing.ts';
import { prepareStop } from '../../core/sharing/stop-sharing.ts';
import type { Context, OpenAnswer, OpenView } from '../answers.ts';
import { oneLine } from '../kit.ts';
import { loadingView } from '../notice-view.ts';
import { nothingToStopView, STOP_TITLE, type StopEntry, type StopForm, stopAllView, stopOneView } from './stop-view.ts';

export const STOP_ONE_FORM = 'share:stop-form';
export const STOP_ALL_FORM = 'share:stop-all-form';

/** A backup whose sharings are to be stopped; `preferred` are those that the click was about. */
export interface StopWish {
  readonly project: string;
  readonly backupId: string;
  readonly preferred: readonly string[];
}

/**
 * Opens the form that asks once more, and fills it in once the cloud has told what is shared. Throws NotAllowed before
 * anything is opened.
 */
export async function openStop(
  ctx: Context,
  project: string,
  draw: () => Promise<Parameters<OpenView['update']>[0]>,
): Promise<OpenAnswer> {
  await ctx.core.access.assert('stop', ctx.core.projects.get(project), ctx.user);
  return {
    open: loadingView(`Reading what ${oneLine(project)} shares…`, STOP_TITLE),
    after: async (view) => view.update(await draw()),
  };
}

/** Asks which sharing of a backup to stop, or, where there is but one, whether to. */
export async function drawStopOne(ctx: Context, wish: StopWish, note?: string) {
  const form = await readStopForm(ctx, wish, note);
  const wanted = form.sharings.filter((one) => wish.preferred.includes(one.id));
  const first = wanted[0];
  if (first === undefined) return nothingToStopView();
  const rest = form.sharings.filter((one) => !wanted.includes(one));
  return stopOneView({ ...form, sharings: [...wanted, ...rest] }, first, STOP_ONE_FORM);
}

/** Asks whether to stop every sharing of a backup, and names their number. */
export async function drawStopAll(ctx: Context, wish: Omit<StopWish, 'preferred'>, note?: string) {
  const form = await readStopForm(ctx, wish, note);
  return form.sharings.length === 0 ? nothingToStopView() : stopAllView(form, STOP_ALL_FORM);
}

/** The sharings of a backup that go on, as the cloud has them now. Throws NotAllowed, CloudError. */
export async function readStopForm(
  ctx: Context,
  { project, backupId }: Omit<StopWish, 'preferred'>,
  note?: string,
): Promise<StopForm> {
  const found = await prepareStop(ctx.core, { by: ctx.user, project, backupId });
  const active = found.filter((sharing) => sharing.state === 'active');
  const name = found.find((sharing) => sharing.backupName)?.backupName;
  const backup = name ?? ctx.core.catalogue.peek(project, backupId)?.name ?? backupId;
  return { project, backupId, backup, sharings: active.map((sharing) => entryOf(ctx, sharing)), note };
}

function entryOf({ core }: Context, sharing: RegisteredSharing): StopEntry {
  return {
    id: sharing.id,
    receiver: core.projects.aliasOf(sharing.toProjectId) ?? sharing.toProjectId,
    since: sharing.createdAt,
    stopAt: sharing.stopAt,
  };
}
