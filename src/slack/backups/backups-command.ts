import { filterPart } from '../filter-form/filter-part.ts';
import { defineProjectCommand } from '../project-picker.ts';
import { BACKUPS_AGAIN, drawBackups, readingBackups } from './draw-backups.ts';

/** `/vbs backups [project]`: the newest page. Further words are looked for in the names. */
export const [backupsCommand, backupsProjectModal] = defineProjectCommand({
  word: 'backups',
  summary: 'lists the backups of a project, newest first',
  usage: '[project] [name]',
  examples: [`${BACKUPS_AGAIN} payments`, `${BACKUPS_AGAIN} payments nightly`, BACKUPS_AGAIN],
  action: 'view',
  title: 'Backups',
  waiting: (project) => readingBackups(project.alias),
  async answer(ctx, { project, rest }, reply) {
    const filter = { name: filterPart(rest.join(' ')) };
    await reply.say(await drawBackups(ctx, { project: project.alias, page: 0, filter }, { fresh: true }));
  },
});
