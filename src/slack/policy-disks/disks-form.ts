import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Deed } from '../../core/changes/change.ts';
import { requestChange } from '../../core/changes/request-change.ts';
import { InvalidInput } from '../../core/errors.ts';
import { CloudError } from '../../core/failure.ts';
import { type KnownDisks, knownDisks } from '../../core/policies/known-disks.ts';
import { isUuid } from '../../core/uuid.ts';
import type { Context, FlatValues, ModalAnswer, Origin } from '../answers.ts';
import { type Action, defineAction, defineModal, defineOptions, textOf } from '../define.ts';
import { fieldSentences } from '../error-reply.ts';
import { metadataText, readMetadata } from '../metadata.ts';
import { OutOfDate } from '../out-of-date.ts';
import { followChange } from '../policies/follow-change.ts';
import {
  ADD_DISKS,
  formId,
  formKey,
  POLICY_AGAIN,
  policyRef,
  REMOVE_DISKS,
  readingPolicy,
  waitingIn,
} from '../policies/policy-ref.ts';
import { readPolicyFor } from '../policies/read-policy.ts';
import { diskChoices, typedIds } from './disk-choices.ts';
import {
  DISKS_BLOCK,
  DISKS_TITLES,
  type DisksForm,
  type DisksWay,
  disksFormView,
  IDS_BLOCK,
} from './disks-form-view.ts';

export const DISKS_FORM = 'policy:disks';
export const DISKS_SEARCH = 'policy:find-disks';

/** The names that a form may carry without outgrowing Slack's limit of its metadata. */
const MOST_POLICIES = 20;

/** What the form carries: the policy as it was shown, and the names of all, by which the known disks are told. */
const metadata = z.object({
  form: formId,
  way: z.enum(['add', 'remove']),
  project: z.string(),
  policy: z.object({ id: z.string(), name: z.string(), disks: z.int().min(0) }),
  policies: z.array(z.object({ id: z.string(), name: z.string() })).max(MOST_POLICIES),
});
type DisksData = z.output<typeof metadata>;

type Wanted = Pick<DisksForm, 'chosen' | 'typed'>;

async function draw(ctx: Context, data: DisksData, { chosen, typed }: Wanted): Promise<ModalView> {
  const { way, project, policy } = data;
  const names = ctx.core.projects.get(project).disks;
  // What is typed is no disk until its last digit: the field hears of every one.
  const form = { way, project, policy, chosen, typed: typed.filter(isUuid), known: await knownOf(ctx, data), names };
  const ids = { form: DISKS_FORM, search: DISKS_SEARCH, metadata: metadataText(metadata, data) };
  return disksFormView(form, ids);
}

function knownOf({ core }: Context, { project, policies }: DisksData): Promise<KnownDisks> {
  return knownDisks(core, project, policies);
}

/** The disks that were chosen from the list, and the words that were typed as ids. */
function wantedIn(values: FlatValues): Wanted {
  const listed = values[DISKS_BLOCK];
  return { chosen: Array.isArray(listed) ? listed : [], typed: typedIds(textOf(values[IDS_BLOCK]) ?? '') };
}

function dataIn(origin: Origin): { readonly data: DisksData; readonly values: FlatValues } {
  if (origin.in !== 'view') throw new OutOfDate(POLICY_AGAIN);
  return { data: readMetadata(metadata, origin.view, POLICY_AGAIN), values: origin.view.values };
}

/** A click on *Add disks…* or *Remove disks…*: the form, in the place of the policy. */
function opener(id: string, way: DisksWay): Action {
  return defineAction({
    id,
    again: POLICY_AGAIN,
    value: policyRef,
    async run(ctx, ref, origin) {
      await ctx.core.access.assert('manage', ctx.core.projects.get(ref.project), ctx.user);
      const about = { waiting: readingPolicy(ref.project), title: DISKS_TITLES[way] };
      return waitingIn(origin, about, async (view) => {
        const { project, policy, policies } = await readPolicyFor(ctx, ref, 'manage');
        const { id: policyId, name, disks } = policy;
        const data: DisksData = {
          form: ctx.core.ids.next(),
          way,
          project: project.alias,
          policy: { id: policyId, name, disks },
          policies: policies.slice(0, MOST_POLICIES).map((one) => ({ id: one.id, name: one.name })),
        };
        await view.update(await draw(ctx, data, { chosen: [], typed: [] }));
        await readAhead(ctx, project.alias);
      });
    },
  });
}

export const addDisksAction = opener(ADD_DISKS, 'add');
export const removeDisksAction = opener(REMOVE_DISKS, 'remove');

/** Reads the backups while the person looks at the form: their disks are found as well. */
async function readAhead({ core }: Context, alias: string): Promise<void> {
  try {
    await core.catalogue.list(alias);
  } catch (error) {
    // The other disks are found without.
    if (!(error instanceof CloudError)) throw error;
  }
}

/** Something was chosen or typed: what happens to each disk follows. */
const drawAction = defineAction({
  id: DISKS_SEARCH,
  again: POLICY_AGAIN,
  value: z.unknown(),
  async run(ctx, _value, origin) {
    const { data, values } = dataIn(origin);
    return { updateView: await draw(ctx, data, wantedIn(values)) };
  },
});

/** Finds the disks of the project, or those of the policy where they are taken out. */
const searchOptions = defineOptions({
  id: DISKS_SEARCH,
  async find(ctx, query, origin) {
    const { data } = dataIn(origin);
    const project = ctx.core.projects.get(data.project);
    await ctx.core.access.assert('view', project, ctx.user);
    const known = await knownOf(ctx, data);
    const backups = ctx.core.catalogue.peekAll(project.alias) ?? [];
    const among = data.way === 'remove' ? known.of(data.policy.id) : undefined;
    return diskChoices({ names: project.disks, known, backups }, query, among);
  },
});

/** *Add* or *Remove*: files the change and shows what becomes of each disk. */
export const disksModal = defineModal({
  id: DISKS_FORM,
  again: POLICY_AGAIN,
  metadata,
  values: z.unknown(),
  actions: [drawAction, searchOptions],
  async submit(ctx, { metadata: data, view: shown }): Promise<ModalAnswer> {
    const { chosen, typed } = wantedIn(shown.values);
    const all = [...new Set([...chosen, ...typed])];
    try {
      const filed = await requestChange(ctx.core, {
        by: ctx.user,
        project: data.project,
        deed: deedOf(data, all, await knownOf(ctx, data)),
        dedupeKey: formKey(ctx, data.form),
      });
      const { view, after } = followChange(ctx, filed, DISKS_TITLES[data.way]);
      return { update: view, after };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const wrong = error.faults.find(({ rule }) => rule === 'malformed')?.about ?? '';
      if (typed.includes(wrong)) return { errors: { [IDS_BLOCK]: `“${wrong}” is no disk id: that is a UUID.` } };
      const missing = error.faults.some(({ rule }) => rule === 'required');
      return { errors: missing ? { [DISKS_BLOCK]: 'Choose at least one disk.' } : fieldSentences(error.faults) };
    }
  },
});

function deedOf({ way, policy }: DisksData, diskIds: readonly string[], known: KnownDisks): Deed {
  const of = { policyId: policy.id, policyName: policy.name, diskIds };
  if (way === 'remove') return { kind: 'policy.remove-disks', ...of };
  const taken = diskIds.flatMap((diskId) => {
    const from = known.places.get(diskId)?.policy;
    return from === undefined || from.id === policy.id ? [] : [{ diskId, policyName: from.name }];
  });
  return { kind: 'policy.add-disks', ...of, taken };
}
