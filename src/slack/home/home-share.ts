import { z } from 'zod';
import { defineAction } from '../define.ts';
import { beginShare } from '../share/share-command.ts';
import { SHARE_AGAIN } from '../share/share-form.ts';

export const HOME_SHARE = 'home:share';

/** *Share a backup* on the home tab. */
export const homeShareAction = defineAction({
  id: HOME_SHARE,
  again: SHARE_AGAIN,
  value: z.unknown(),
  run: (ctx) => beginShare(ctx),
});
