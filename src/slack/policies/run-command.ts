import type { CommandAnswer, Context } from '../answers.ts';
import { defineCommand } from '../define.ts';
import { noProject, projectNamed } from '../project-picker.ts';
import { askToRun } from './ask-to-run.ts';
import { chooseView, readingView, showPolicies } from './choose-policy.ts';

/** `/vbs run [project] [policy]` */
export const runCommand = defineCommand({
  word: 'run',
  summary: 'runs a backup policy now, and follows it disk by disk',
  usage: '[project] [policy]',
  examples: ['/vbs run payments nightly', '/vbs run payments "nightly databases"', '/vbs run'],
  run(ctx, [alias, ...words]) {
    if (alias === undefined) return choose(ctx);
    const project = projectNamed(ctx, alias).alias;
    // A policy's name has no spaces, but people write names as they say them, without quotes.
    const policy = words.join(' ');
    if (policy !== '') return askToRun(ctx, { project, policy });
    return {
      open: readingView(project),
      after: (view) => showPolicies(ctx, view, { aliases: [project], project }),
    };
  },
});

async function choose(ctx: Context): Promise<CommandAnswer> {
  const aliases = (await ctx.core.access.projects('run', ctx.user)).map((project) => project.alias);
  const [only, another] = aliases;
  if (only === undefined) return noProject();
  if (another !== undefined) return { open: chooseView({ aliases, project: undefined, policies: undefined }) };
  return {
    open: chooseView({ aliases, project: only, policies: 'reading' }),
    after: (view) => showPolicies(ctx, view, { aliases, project: only }),
  };
}
