import type { Definition } from '../define.ts';
import { sharesCommand, sharesProjectModal } from './shares-command.ts';
import { sharingDetailsAction } from './show-details.ts';
import { turnSharesPageAction } from './turn-page.ts';

/** The list of what a project shares and of what is shared with it, and each sharing's details. */
export const sharesInteractions: readonly Definition[] = [
  sharesCommand,
  sharesProjectModal,
  turnSharesPageAction,
  sharingDetailsAction,
];
