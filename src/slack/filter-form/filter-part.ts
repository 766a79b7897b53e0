import { z } from 'zod';

/** What can be typed into one field of a filter: buttons carry it along, and Slack limits what they hold. */
export const LONGEST_PART = 80;

/** What was typed into one field, as a button carries it: a character may be two code units. */
export const partShape = z
  .string()
  .max(2 * LONGEST_PART)
  .optional();

/** What was typed as part of a filter; undefined for nothing. */
export function filterPart(text: string | undefined): string | undefined {
  const typed = Array.from(text?.trim() ?? '').slice(0, LONGEST_PART);
  return typed.length > 0 ? typed.join('') : undefined;
}
