import { defineCommand } from '../define.ts';
import { openNewPolicy } from '../policy-form/open-policy-form.ts';
import { projectNamed } from '../project-picker.ts';
import { policyChooser } from './show-policy.ts';

/** `/vbs policy [project] [policy]` */
export const policyCommand = defineCommand({
  word: 'policy',
  summary: 'shows a backup policy, its disks and tags, and changes it; `new` makes one',
  usage: '[project] [policy|new]',
  examples: ['/vbs policy payments nightly', '/vbs policy payments new', '/vbs policy'],
  run(ctx, [alias, ...words]) {
    if (alias === undefined) return policyChooser.choose(ctx);
    const project = projectNamed(ctx, alias).alias;
    const policy = words.join(' ');
    if (policy === 'new') return openNewPolicy(ctx, project);
    return policy === '' ? policyChooser.chooseIn(ctx, project) : policyChooser.named(ctx, { project, policy });
  },
});
