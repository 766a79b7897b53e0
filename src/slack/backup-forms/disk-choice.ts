import type { InputBlock } from '@slack/types';
import { findDisks, type SeenDisk, seenDisks } from '../../core/backups/disks.ts';
import type { ManagedProject } from '../../core/projects.ts';
import { isUuid } from '../../core/uuid.ts';
import type { Choice, Context } from '../answers.ts';
import { searchCatalogue } from '../backups/search-catalogue.ts';
import { searchedInput } from '../share/backup-choice.ts';
import { ago, gib } from '../words.ts';

/** A disk as an entry of a menu, in plain words: its name, and below it size and last backup. */
function diskChoice({ id, name, sizeGib, backups }: SeenDisk, now: Date): Choice {
  const [newest] = backups;
  const age = newest?.takenAt === undefined ? undefined : ago(newest.takenAt, now);
  const last = newest === undefined ? 'no backup is known' : `last backup ${age ?? 'at an unknown time'}`;
  const size = sizeGib === undefined ? undefined : gib(sizeGib);
  const short = name === undefined ? undefined : id.slice(0, 8);
  return {
    text: name ?? id,
    value: id,
    description: [size, last, short].filter((part) => part !== undefined).join(' · '),
  };
}

/** The disks that a search finds; a whole id that nothing is known of is taken as it is typed. */
export function diskChoices(ctx: Context, project: ManagedProject, query: string): Promise<readonly Choice[]> {
  return searchCatalogue(ctx, project, (backups) => {
    const found = findDisks(seenDisks(backups, project.disks), query);
    const typed = query.trim().toLowerCase();
    if (found.length > 0 || !isUuid(typed)) return found.map((disk) => diskChoice(disk, ctx.now));
    return [{ text: typed, value: typed, description: 'neither the settings nor a backup names it' }];
  });
}

/**
 * Asks for a disk of a project. The block is named after the project: a new name makes Slack forget the choice and the
 * entries of another one.
 */
export function diskInput(about: {
  readonly project: string;
  readonly label: string;
  readonly actionId: string;
  readonly chosen: SeenDisk | undefined;
  readonly now: Date;
}): InputBlock {
  return searchedInput({
    blockId: `disk#${about.project}`,
    label: about.label,
    actionId: about.actionId,
    placeholder: 'Search by name, id or backup, or type an id',
    chosen: about.chosen && diskChoice(about.chosen, about.now),
  });
}
