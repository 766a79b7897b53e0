import { defineProjectCommand } from '../project-picker.ts';
import { drawShares, readingShares, SHARES_AGAIN } from './draw-shares.ts';
import { splitDirection } from './shares-place.ts';

/** `/vbs shares [project] [in|out]`, in either order: the newest page. */
export const [sharesCommand, sharesProjectModal] = defineProjectCommand({
  word: 'shares',
  summary: 'lists what a project shares (out), or what is shared with it (in)',
  usage: '[project] [in|out]',
  examples: [`${SHARES_AGAIN} payments`, `${SHARES_AGAIN} analytics in`, SHARES_AGAIN],
  action: 'view',
  title: 'Sharings',
  waiting: (project) => readingShares(project.alias),
  split(args) {
    const { direction, others } = splitDirection(args);
    return { alias: others[0], rest: [direction] };
  },
  async answer(ctx, { project, rest }, reply) {
    const { direction } = splitDirection(rest);
    await reply.say(await drawShares(ctx, { project: project.alias, direction, page: 1 }, { fresh: true }));
  },
});
