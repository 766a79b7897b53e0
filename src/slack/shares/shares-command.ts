import { oneLine } from '../kit.ts';
import { defineProjectCommand } from '../project-picker.ts';
import { sentence } from '../sentence.ts';
import { drawShares, readingShares, SHARES_AGAIN } from './draw-shares.ts';
import { isDirection, splitDirection } from './shares-place.ts';

/** `/vbs shares [project] [in|out]`, in either order: the newest page. */
export const [sharesCommand, sharesProjectModal] = defineProjectCommand({
  word: 'shares',
  summary: 'lists what a project shares (out), or what is shared with it (in)',
  usage: '[project] [in|out]',
  examples: [`${SHARES_AGAIN} payments`, `${SHARES_AGAIN} analytics in`, SHARES_AGAIN],
  surplus(args) {
    const named = args.filter(isDirection);
    const others = args.filter((word) => !isDirection(word));
    // What stands in the place of the direction is answered with what may stand there.
    return [...others.slice(named.length > 0 ? 1 : 2), ...named.slice(1)];
  },
  action: 'view',
  title: 'Sharings',
  waiting: (project) => readingShares(project.alias),
  split(args) {
    const { direction, others } = splitDirection(args);
    return { alias: others[0], rest: [direction, ...others.slice(1)] };
  },
  async answer(ctx, { project, rest }, reply) {
    const { direction, others } = splitDirection(rest);
    const [strange] = others;
    if (strange !== undefined) {
      const what = `“${oneLine(strange)}” is no direction. Say \`out\` for what ${project.alias} shares, or \`in\` for what is shared with it.`;
      return reply.say(sentence(what));
    }
    await reply.say(await drawShares(ctx, { project: project.alias, direction, page: 0 }, { fresh: true }));
  },
});
