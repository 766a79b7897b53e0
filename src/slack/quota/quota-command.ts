import { oneLine } from '../kit.ts';
import { defineProjectCommand } from '../project-picker.ts';
import { quotaView } from './quota-view.ts';

/** `/vbs quota [project]` */
export const [quotaCommand, quotaProjectModal] = defineProjectCommand({
  word: 'quota',
  summary: 'shows how much of its backup quota a project uses',
  usage: '[project]',
  examples: ['/vbs quota payments'],
  surplus: (args) => args.slice(1),
  action: 'view',
  title: 'Backup quota',
  waiting: (project) => `Reading the quota of ${oneLine(project.alias)}…`,
  async answer(ctx, { project }, reply) {
    const quota = await ctx.core.clouds.of(project.alias).quota();
    await reply.say(quotaView({ project: project.alias, quota, at: ctx.core.clock.now() }));
  },
});
