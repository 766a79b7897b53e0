import { z } from 'zod';
import { auditActions, auditOutcomes, BOT } from '../../core/audit.ts';
import type { AuditFilter } from '../../core/audit-store.ts';
import { partShape } from '../filter-form/filter-part.ts';
import { oneLine } from '../kit.ts';
import { mention } from '../people-words.ts';
import { list, slackDate } from '../words.ts';
import { actionName, outcomeWord } from './audit-words.ts';

const seconds = z.int().min(0).optional();

export const filterShape = z.object({
  /** A person, or the bot itself. */
  who: z.string().max(64).optional(),
  actions: z.array(z.enum(auditActions)).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  text: partShape,
  /** Seconds since 1970, as Slack's pickers have them. */
  from: seconds,
  to: seconds,
});
export type RecordFilter = z.output<typeof filterShape>;

/** Which page of which list, as it stood at a mark. Whether the person may see it is asked at each click. */
export const placeShape = z.object({
  project: z.string(),
  page: z.int().min(0),
  upTo: z.int().min(0),
  filter: filterShape,
});
export type RecordPlace = z.output<typeof placeShape>;

/** A place as the value of a button. */
export function placeValue(place: RecordPlace): string {
  return JSON.stringify(place);
}

/** What a list asks the store for. */
export function storeFilter({ project, upTo, filter }: Omit<RecordPlace, 'page'>): AuditFilter {
  const { who, actions, outcome, text, from, to } = filter;
  return {
    project,
    upTo,
    ...(who !== undefined && { actor: who }),
    ...(actions !== undefined && { actions }),
    ...(outcome !== undefined && { outcome }),
    ...(text !== undefined && { text }),
    ...(from !== undefined && { from: new Date(from * 1_000) }),
    ...(to !== undefined && { before: new Date(to * 1_000) }),
  };
}

/** A filter in words, as safe mrkdwn; undefined where it lets everything through. */
export function filterWords({ who, actions, outcome, text, from, to }: RecordFilter): string | undefined {
  const words = [
    ...(who ? [`by ${who === BOT ? 'the bot' : mention(who)}`] : []),
    ...(actions ? [list(actions.map(actionName), 'or')] : []),
    ...(outcome ? [`outcome ${outcomeWord(outcome)}`] : []),
    ...(text ? [`with “${oneLine(text)}”`] : []),
    ...(from === undefined ? [] : [`from ${slackDate(new Date(from * 1_000))}`]),
    ...(to === undefined ? [] : [`before ${slackDate(new Date(to * 1_000))}`]),
  ];
  return words.length > 0 ? words.join(' · ') : undefined;
}
