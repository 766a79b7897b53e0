import { z } from 'zod';
import { auditActions, auditOutcomes, BOT } from '../../core/audit.ts';
import { textOf } from '../define.ts';
import { defineFilterForm, type EnteredFilter } from '../filter-form/filter-form.ts';
import { filterPart } from '../filter-form/filter-part.ts';
import { filterShape, placeShape, type RecordFilter } from './audit-place.ts';
import { AUDIT_AGAIN, AUDIT_FILTER, drawNewest } from './draw-audit.ts';
import { auditFilterView } from './filter-view.ts';

export const AUDIT_FILTER_FORM = 'audit:filter-form';

const text = z.string().nullish();
const several = z.array(z.string()).nullish();
const moment = z.number().nullish();
const values = z.object({
  who: text,
  bot: several,
  actions: several,
  outcome: text,
  text,
  from: moment,
  to: moment,
});

/** *Change filter*: asks which entries to show; the first page of them takes the place of the list. */
export const [changeAuditFilterAction, auditFilterModal] = defineFilterForm({
  button: AUDIT_FILTER,
  form: AUDIT_FILTER_FORM,
  again: AUDIT_AGAIN,
  right: 'audit',
  place: placeShape,
  values,
  view: auditFilterView,
  read(entered): EnteredFilter<RecordFilter> {
    const { who, bot, from, to } = entered;
    const byBot = bot?.includes(BOT) ?? false;
    if (who && byBot) return { errors: { bot: 'Choose a person or the bot, not both.' } };
    if (from && to && to <= from) return { errors: { to: 'This is before the beginning; choose a later moment.' } };
    return { filter: filterOf(entered, byBot ? BOT : who) };
  },
  draw: drawNewest,
});

function filterOf(entered: z.output<typeof values>, who: string | null | undefined): RecordFilter {
  const actions = auditActions.filter((action) => entered.actions?.includes(action));
  return filterShape.parse({
    who: who ?? undefined,
    // All of them are as good as none, also once there are more.
    actions: actions.length > 0 && actions.length < auditActions.length ? actions : undefined,
    outcome: auditOutcomes.find((outcome) => outcome === entered.outcome),
    text: filterPart(textOf(entered.text ?? null)),
    from: entered.from ?? undefined,
    to: entered.to ?? undefined,
  });
}
