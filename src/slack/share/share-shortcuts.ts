import { defineShortcut } from '../define.ts';
import { loadingView, noticeView } from '../notice-view.ts';
import { beginShare } from './share-command.ts';
import { SHARE_AGAIN } from './share-form.ts';
import { shareNamed } from './share-named.ts';

const TITLE = 'Share a backup';

/** *Share a backup*, from anywhere in Slack. */
export const shareAnywhereShortcut = defineShortcut({
  id: 'share:anywhere',
  on: 'global',
  again: SHARE_AGAIN,
  loading: loadingView('Opening the form…', TITLE),
  async run(ctx, view) {
    const answer = await beginShare(ctx);
    if ('say' in answer) return view.update(noticeView(answer.say));
    await view.update(answer.open);
    await answer.after?.(view);
  },
});

/** *Share backup named here*, on a message that names one by its name or id. */
export const shareNamedHereShortcut = defineShortcut({
  id: 'share:named-here',
  on: 'message',
  again: SHARE_AGAIN,
  loading: loadingView('Looking for the backups that this message names…', TITLE),
  run: (ctx, view, { text }) => shareNamed(ctx, view, text),
});
