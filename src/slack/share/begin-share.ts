import { z } from 'zod';
import { defineAction } from '../define.ts';
import { beginShare } from './share-command.ts';
import { SHARE_AGAIN } from './share-form.ts';

export const SHARE_BEGIN = 'share:begin';

/** A button *Share a backup* that is about no project yet. */
export const beginShareAction = defineAction({
  id: SHARE_BEGIN,
  again: SHARE_AGAIN,
  value: z.unknown(),
  run: (ctx) => beginShare(ctx),
});
