import type { Definition } from '../define.ts';
import { quotaCommand, quotaProjectModal } from './quota-command.ts';

/** How much of its quota a project uses. */
export const quotaInteractions: readonly Definition[] = [quotaCommand, quotaProjectModal];
