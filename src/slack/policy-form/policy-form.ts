import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Tag } from '../../core/backups/backup.ts';
import type { Deed } from '../../core/changes/change.ts';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import { requestChange } from '../../core/changes/request-change.ts';
import { type InputFault, InvalidInput } from '../../core/errors.ts';
import type { PolicyPlan } from '../../core/policies/policy.ts';
import type { Context, ModalAnswer } from '../answers.ts';
import { defineAction, defineModal } from '../define.ts';
import { fieldSentences } from '../error-reply.ts';
import { metadataText, readMetadata } from '../metadata.ts';
import { OutOfDate } from '../out-of-date.ts';
import { followChange } from '../policies/follow-change.ts';
import { formId, formKey, POLICY_AGAIN } from '../policies/policy-ref.ts';
import { tagsIn } from '../policy-tags/tag-lines.ts';
import { draftOf, enteredDraft, newDraft, type PolicyDraft, planOf } from './policy-draft.ts';
import { policyFormView } from './policy-form-view.ts';

export const POLICY_FORM = 'policy:form';
export const DRAW_POLICY = 'policy:draw';

const plan = z.object({
  name: z.string(),
  enabled: z.boolean(),
  schedule: z.object({
    times: z.array(z.string()).readonly(),
    timeZone: z.string().optional(),
    everyDays: z.number().optional(),
    weekDays: z.array(z.string()).readonly().optional(),
  }),
  retention: z.object({
    keepLast: z.number().optional(),
    keepDays: z.number().optional(),
    keepFirstOfMonth: z.boolean(),
  }),
});

/** What the form carries: which policy it changes, as it was when it was opened. */
const metadata = z.object({
  form: formId,
  project: z.string(),
  policy: z.object({ id: z.string(), before: plan }).optional(),
  /** Names of the project’s other policies. */
  taken: z.array(z.string()).readonly(),
  /** When the schedule struck last. */
  struckAt: z.iso.datetime().optional(),
});
export type PolicyFormData = z.output<typeof metadata>;

/** The form, with what was entered so far. */
export function drawPolicyForm(ctx: Context, data: PolicyFormData, draft: PolicyDraft): ModalView {
  const before = data.policy && planFrom(data.policy.before);
  return policyFormView(
    {
      project: data.project,
      policy: before?.name,
      draft,
      seen: { now: ctx.now, lastRun: struckFor(data, before, planOf(draft)) },
      keepMost: keepMost(before, draft),
      policies: data.taken.length,
    },
    { form: POLICY_FORM, draw: DRAW_POLICY, metadata: metadataText(metadata, data) },
  );
}

/** What the form of this policy, or of a new one, starts with. */
export function startOf(data: PolicyFormData): PolicyDraft {
  return data.policy === undefined ? newDraft([]) : draftOf(planFrom(data.policy.before));
}

/** Parsed, what is missing is missing; in a plan it is undefined. */
function planFrom({ name, enabled, schedule, retention }: z.output<typeof plan>): PolicyPlan {
  const { times, timeZone, everyDays, weekDays } = schedule;
  const { keepLast, keepDays, keepFirstOfMonth } = retention;
  return {
    name,
    enabled,
    schedule: { times, timeZone, everyDays, weekDays },
    retention: { keepLast, keepDays, keepFirstOfMonth },
  };
}

/** The last run tells of the next ones only as long as the days stay as they are. */
function struckFor(data: PolicyFormData, before: PolicyPlan | undefined, now: PolicyPlan): Date | undefined {
  const same = before?.schedule.everyDays === now.schedule.everyDays;
  return same && data.struckAt !== undefined ? new Date(data.struckAt) : undefined;
}

/** What a policy keeps already may stay, even where it is more than a change may set. */
function keepMost(before: PolicyPlan | undefined, draft: PolicyDraft): number {
  if (before === undefined) return CHANGE_LIMITS.keepLastNew;
  const stays = draft.keep === 'last' && before.retention.keepLast === draft.keepCount;
  return stays ? Math.max(draft.keepCount, CHANGE_LIMITS.keepLastChanged) : CHANGE_LIMITS.keepLastChanged;
}

/** Something was chosen or typed: the words below follow. */
const drawAction = defineAction({
  id: DRAW_POLICY,
  again: POLICY_AGAIN,
  value: z.unknown(),
  run(ctx, _value, origin) {
    if (origin.in !== 'view') throw new OutOfDate(POLICY_AGAIN);
    const data = readMetadata(metadata, origin.view, POLICY_AGAIN);
    return { updateView: drawPolicyForm(ctx, data, enteredDraft(origin.view.values, startOf(data))) };
  },
});

/** *Create* or *Save*: files the change and shows what becomes of it. */
export const policyFormModal = defineModal({
  id: POLICY_FORM,
  again: POLICY_AGAIN,
  metadata,
  values: z.object({ frequency: z.string(), keep: z.string() }),
  actions: [drawAction],
  async submit(ctx, { metadata: data, view: shown }): Promise<ModalAnswer> {
    const draft = enteredDraft(shown.values, startOf(data));
    const wanted = planOf(draft);
    if (data.taken.includes(wanted.name)) {
      return { errors: { name: `${data.project} has a policy of this name already: choose another one.` } };
    }
    try {
      const filed = await requestChange(ctx.core, {
        by: ctx.user,
        project: data.project,
        deed: deedOf(data, wanted, tagsIn(draft.tags)),
        dedupeKey: formKey(ctx, data.form),
      });
      const { view, after } = followChange(ctx, filed, data.policy === undefined ? 'New policy' : 'Edit a policy');
      return { update: view, after };
    } catch (error) {
      if (error instanceof InvalidInput) return { errors: errorsOf(error.faults, draft) };
      throw error;
    }
  },
});

function deedOf({ policy }: PolicyFormData, wanted: PolicyPlan, tags: readonly Tag[]): Deed {
  if (policy === undefined) return { kind: 'policy.create', plan: wanted, tags };
  const before = planFrom(policy.before);
  return { kind: 'policy.modify', policyId: policy.id, policyName: before.name, plan: wanted, before };
}

/** The sentence of each fault at the field that it is about. */
function errorsOf(faults: readonly InputFault[], draft: PolicyDraft): Readonly<Record<string, string>> {
  const days = draft.frequency === 'days' ? 'everyDays' : 'weekDays';
  const fields: Readonly<Record<string, string>> = { times: 'hours', frequency: days, retention: 'keepCount' };
  const placed = faults.map((fault) => ({ ...fault, field: fields[fault.field] ?? fault.field }));
  const missing = placed.some(({ field, rule }) => field === 'weekDays' && rule === 'required');
  return { ...fieldSentences(placed), ...(missing && { weekDays: 'Choose at least one day.' }) };
}
