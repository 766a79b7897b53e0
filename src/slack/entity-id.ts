import { z } from 'zod';

/** The id of a request, a run or a form, as the bot makes them and Slack hands them back. */
export const entityId = z.string().min(1).max(64);
