import type { ModalView } from '@slack/types';
import type { Change } from '../../core/changes/change.ts';
import type { Core } from '../../core/core.ts';
import { NotFound } from '../../core/errors.ts';
import type { Context } from '../answers.ts';
import { changeNoticeView } from './change-notice-view.ts';
import { changeStanding, isSettled } from './change-standing.ts';
import { disksOf } from './read-change.ts';

/** A form waits no longer for its change, and then says where it is told on. */
const WAIT_MS = 20_000;
/** Another replica may carry it out, of whose commits there is no news here. */
const LOOK_MS = 1_000;

/** The change right after it was filed. */
export function begunView(ctx: Context, change: Change, title: string): ModalView {
  return changeNoticeView({ change, disks: disksOf(ctx.core, change), channel: undefined, title });
}

/** The change as it stands, with the place of its card. */
export async function outcomeView(ctx: Context, change: Change, title: string): Promise<ModalView> {
  const place = await ctx.core.store.cards.placeOf('change', change.id);
  const channel = place?.kind === 'channel' ? place.id : undefined;
  return changeNoticeView({ change, disks: disksOf(ctx.core, change), channel, title });
}

/** The change once nothing more comes of it by itself, or as it stands after 20 s. Throws NotFound. */
export async function settledChange(core: Core, changeId: string): Promise<Change> {
  const over = new AbortController();
  const { signal } = over;
  let wake: () => void = () => undefined;
  const forget = core.store.onCommit((written) => written.has('changes') && wake());
  const slept = (ms: number) => core.clock.sleep(ms, signal).catch(() => undefined);
  let late = false;
  const deadline = slept(WAIT_MS).then(() => {
    late = true;
  });
  try {
    for (;;) {
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const change = await core.store.changes.get(changeId);
      if (!change) throw new NotFound('request', changeId);
      if (late || isSettled(changeStanding(change))) return change;
      await Promise.race([news, slept(LOOK_MS), deadline]);
    }
  } finally {
    forget();
    over.abort();
  }
}
