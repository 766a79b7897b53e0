import { defineCommand } from '../define.ts';
import { projectNamed } from '../project-picker.ts';
import { runChooser } from './choose-policy.ts';

/** `/vbs run [project] [policy]` */
export const runCommand = defineCommand({
  word: 'run',
  summary: 'runs a backup policy now, and follows it disk by disk',
  usage: '[project] [policy]',
  examples: ['/vbs run payments nightly', '/vbs run payments "nightly databases"', '/vbs run'],
  run(ctx, [alias, ...words]) {
    if (alias === undefined) return runChooser.choose(ctx);
    const project = projectNamed(ctx, alias).alias;
    // A policy's name has no spaces, but people write names as they say them, without quotes.
    const policy = words.join(' ');
    return policy === '' ? runChooser.chooseIn(ctx, project) : runChooser.named(ctx, { project, policy });
  },
});
