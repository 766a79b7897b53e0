import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { TaggedPolicy, TagValues } from '../../core/policies/policy.ts';
import type { Context, ModalAnswer, OpenAnswer } from '../answers.ts';
import { defineModal } from '../define.ts';
import { metadataText } from '../metadata.ts';
import { loadingView } from '../notice-view.ts';
import { SHOW_POLICY } from '../policies/policy-ref.ts';
import { allTagsView, type FoundPolicies, WANTED_BLOCK } from './all-tags-view.ts';
import { readingTags, TAGS_AGAIN } from './policy-tags.ts';
import { TAGS_TITLE } from './policy-tags-view.ts';
import { wantedIn } from './tag-lines.ts';

export const FIND_BY_TAG = 'tags:find';

/** Keys that the cloud takes in one search. */
const MOST_KEYS = 10;

const metadata = z.object({ project: z.string() });

async function draw(ctx: Context, alias: string, wanted: readonly TagValues[] | undefined): Promise<ModalView> {
  const project = ctx.core.projects.get(alias);
  await ctx.core.access.assert('view', project, ctx.user);
  const [tags, found] = await Promise.all([
    ctx.core.clouds.of(alias).allTags(),
    wanted === undefined ? undefined : find(ctx, alias, wanted),
  ]);
  const form = { callbackId: FIND_BY_TAG, metadata: metadataText(metadata, { project: alias }), show: SHOW_POLICY };
  return allTagsView({ project: alias, tags, found }, form);
}

async function find({ core }: Context, alias: string, wanted: readonly TagValues[]): Promise<FoundPolicies> {
  const cloud = core.clouds.of(alias);
  const policies: TaggedPolicy[] = [];
  const read = async () => {
    for await (const policy of cloud.policiesByTag(wanted)) policies.push(policy);
  };
  const [total] = await Promise.all([cloud.countByTag(wanted), read()]);
  return { wanted, total, policies };
}

/** Opens all tags of a project's policies: at once, and filled when the cloud has told them. */
export function openAllTags(ctx: Context, alias: string): OpenAnswer {
  return {
    open: loadingView(readingTags(alias), TAGS_TITLE),
    after: async (view) => view.update(await draw(ctx, alias, undefined)),
  };
}

/** *Find policies*: those with the tags, below. */
export const findByTagModal = defineModal({
  id: FIND_BY_TAG,
  again: TAGS_AGAIN,
  metadata,
  values: z.object({ [WANTED_BLOCK]: z.string().nullish() }),
  submit(ctx, { metadata: { project }, values }): ModalAnswer {
    const wanted = wantedIn(values[WANTED_BLOCK] ?? '');
    if (wanted.length === 0) return { errors: { [WANTED_BLOCK]: 'Give at least one key.' } };
    if (wanted.length > MOST_KEYS) return { errors: { [WANTED_BLOCK]: `Give at most ${MOST_KEYS} keys.` } };
    if (new Set(wanted.map(({ key }) => key)).size < wanted.length) {
      return { errors: { [WANTED_BLOCK]: 'Each key may stand here once; part several values by commas.' } };
    }
    return {
      update: loadingView(readingTags(project), TAGS_TITLE),
      after: async (view) => view.update(await draw(ctx, project, wanted)),
    };
  },
});
