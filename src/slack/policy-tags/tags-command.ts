import { defineCommand } from '../define.ts';
import { projectNamed } from '../project-picker.ts';
import { openAllTags } from './all-tags.ts';
import { TAGS_AGAIN, tagsChooser } from './policy-tags.ts';

/** `/vbs tags [project] [policy]` */
export const tagsCommand = defineCommand({
  word: 'tags',
  summary: 'shows and changes the tags of backup policies, and finds policies by them',
  usage: '[project] [policy]',
  examples: [`${TAGS_AGAIN} payments`, `${TAGS_AGAIN} payments nightly`],
  run(ctx, [alias, ...words]) {
    if (alias === undefined) return tagsChooser.choose(ctx);
    const project = projectNamed(ctx, alias).alias;
    const policy = words.join(' ');
    return policy === '' ? openAllTags(ctx, project) : tagsChooser.named(ctx, { project, policy });
  },
});
