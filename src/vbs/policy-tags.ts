import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions, Receipt } from './options.ts';
import type { Tag } from './tracked-backups.ts';

export const tagActions = ['create', 'update', 'delete'] as const;
export type TagAction = (typeof tagActions)[number];

/** A tag's key with the values that it has in some policy. */
export interface TagValues {
  readonly key: string;
  readonly values: readonly string[];
}

/** Tags of policies: keys of 1–36 letters, digits, `-` and `_`, values of 0–43 of the same, at most 10 a policy. */
export interface PolicyTags {
  ofPolicy(policyId: string, options?: CallOptions): Promise<readonly Tag[]>;
  /** Every tag of every policy. */
  all(options?: CallOptions): Promise<readonly TagValues[]>;
  add(policyId: string, tag: Tag, options?: CallOptions): Promise<Receipt>;
  remove(policyId: string, key: string, options?: CallOptions): Promise<Receipt>;
  /** Several at once. `create` and `update` make a tag whose key is not there yet. */
  change(
    policyId: string,
    changes: { readonly action: TagAction; readonly tags: readonly Tag[] },
    options?: CallOptions,
  ): Promise<Receipt>;
}

const ofPolicy = {
  schema: z.object({ tags: z.array(z.object({ key: z.string(), value: z.string().nullish() })) }),
  map: (wire: { tags: { key: string; value?: string | null | undefined }[] }): Tag[] =>
    wire.tags.map(({ key, value }) => ({ key, value: value ?? '' })),
};
const ofAll = {
  schema: z.object({ tags: z.array(z.object({ key: z.string(), values: z.array(z.string()) })) }),
  map: (wire: { tags: TagValues[] }) => wire.tags,
};

/** The tags of the policies of a project. */
export function createPolicyTags(caller: Caller): PolicyTags {
  return {
    async ofPolicy(policyId, options) {
      const call = { operation: 'listTagsOfPolicy', ids: { policy_id: policyId }, signal: options?.signal } as const;
      return (await caller.ask(call, ofPolicy)).value;
    },
    async all(options) {
      return (await caller.ask({ operation: 'listPolicyTags', signal: options?.signal }, ofAll)).value;
    },
    add: (policyId, tag, options) =>
      caller.tell({
        operation: 'addPolicyTag',
        ids: { policy_id: policyId },
        body: { tag: { key: tag.key, value: tag.value } },
        signal: options?.signal,
      }),
    remove: (policyId, key, options) =>
      caller.tell({ operation: 'removePolicyTag', ids: { policy_id: policyId, key }, signal: options?.signal }),
    change: (policyId, { action, tags }, options) =>
      caller.tell({
        operation: 'changePolicyTags',
        ids: { policy_id: policyId },
        // The API allows an action without tags and does not say what it acts on.
        needs: { tags: tags.map(({ key }) => key) },
        body: { action, tags: tags.map(({ key, value }) => ({ key, value })) },
        signal: options?.signal,
      }),
  };
}
