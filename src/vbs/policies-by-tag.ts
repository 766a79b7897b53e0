import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions } from './options.ts';
import { pagesByOffset } from './paging/by-offset.ts';
import { rowsOf } from './paging/rows.ts';
import type { TagValues } from './policy-tags.ts';
import type { Tag } from './tracked-backups.ts';

/** Which policies: those to which all that is given applies. Each list of up to 10 keys, each with up to 10 values. */
export interface PolicyTagQuery {
  /** All of these keys, each with one of its values. */
  readonly tags?: readonly TagValues[] | undefined;
  /** At least one of them. */
  readonly tagsAny?: readonly TagValues[] | undefined;
  /** Not all of them. */
  readonly notTags?: readonly TagValues[] | undefined;
  /** None of them. */
  readonly notTagsAny?: readonly TagValues[] | undefined;
  /** Part of the policy's name. */
  readonly nameContains?: string | undefined;
}

/** A policy, as a query by tags tells of it. */
export interface TaggedPolicy {
  readonly id: string;
  readonly name: string | undefined;
  readonly tags: readonly Tag[];
}

export interface PoliciesByTag {
  /** `pageSize`: rows a request, 1000 at most and unless given. */
  byTag(
    query: PolicyTagQuery,
    options?: CallOptions & { readonly pageSize?: number | undefined },
  ): AsyncIterable<TaggedPolicy>;
  countByTag(query: PolicyTagQuery, options?: CallOptions): Promise<number>;
}

/** The most that the API gives at once. */
const largestPage = 1000;

const policyBody = z.object({
  resource_id: z.string(),
  resource_name: z.string().nullish(),
  tags: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish(),
});
type PolicyBody = z.infer<typeof policyBody>;

const found = {
  schema: z.object({ total_count: z.int().nonnegative(), resources: z.array(policyBody) }),
  map: (wire: { total_count: number; resources: PolicyBody[] }) => ({
    total: wire.total_count,
    items: wire.resources.map(toTaggedPolicy),
  }),
};
const counted = {
  schema: z.object({ total_count: z.int().nonnegative() }),
  map: (wire: { total_count: number }) => wire.total_count,
};

/** The policies of a project, by their tags. */
export function createPoliciesByTag(caller: Caller): PoliciesByTag {
  return {
    byTag(query, options = {}) {
      const criteria = criteriaOf(query);
      const pages = pagesByOffset(
        {
          async page({ offset, limit }, signal) {
            // Strings, says the reference, of these two.
            const body = { action: 'filter', ...criteria, limit: String(limit), offset: String(offset) };
            return (await caller.ask({ operation: 'queryPoliciesByTag', body, signal }, found)).value;
          },
          idOf: (policy: TaggedPolicy) => policy.id,
        },
        { limit: Math.min(largestPage, options.pageSize ?? largestPage), ahead: 0, signal: options.signal },
      );
      return rowsOf(pages);
    },
    async countByTag(query, options) {
      const body = { action: 'count', ...criteriaOf(query) };
      return (await caller.ask({ operation: 'queryPoliciesByTag', body, signal: options?.signal }, counted)).value;
    },
  };
}

/** The reference allows no empty lists. */
function criteriaOf(query: PolicyTagQuery): Record<string, unknown> {
  const listed = (tags: readonly TagValues[] | undefined) =>
    tags === undefined || tags.length === 0 ? undefined : tags;
  return {
    tags: listed(query.tags),
    tags_any: listed(query.tagsAny),
    not_tags: listed(query.notTags),
    not_tags_any: listed(query.notTagsAny),
    matches: query.nameContains ? [{ key: 'resource_name', value: query.nameContains }] : undefined,
  };
}

function toTaggedPolicy(wire: PolicyBody): TaggedPolicy {
  return {
    id: wire.resource_id,
    name: wire.resource_name ?? undefined,
    tags: (wire.tags ?? []).map(({ key, value }) => ({ key, value: value ?? '' })),
  };
}
