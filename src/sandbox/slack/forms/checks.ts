import { type Input, inputs } from './elements.ts';
import type { FormState } from './state.ts';

/** What Slack's client itself says at the fields on pressing submit, by block id; empty if it would send the form. */
export function fieldErrors(blocks: unknown, form: FormState): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const input of inputs(blocks)) {
    if (input.block.type !== 'input') continue;
    const error = fieldError(input, form.value(input));
    if (error !== undefined) errors[input.blockId] = error;
  }
  return errors;
}

function fieldError(input: Input, value: unknown): string | undefined {
  const empty = value === null || (Array.isArray(value) && value.length === 0);
  if (empty || (typeof value === 'string' && value.trim() === '')) {
    return input.block.optional === true ? undefined : 'Please complete this required field.';
  }
  if (typeof value !== 'string') return undefined;
  switch (input.type) {
    case 'plain_text_input':
      return lengthError(input, value);
    case 'number_input':
      return numberError(input, value);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(value) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

/** Slack allows up to 3,000 characters where the app sets no limit. */
function lengthError({ element }: Input, value: string): string | undefined {
  const { min_length: least = 0, max_length: most = 3000 } = element;
  if (typeof least === 'number' && value.length < least) return `Please enter at least ${least} characters.`;
  if (typeof most === 'number' && value.length > most) return `Please enter no more than ${most} characters.`;
  return undefined;
}

function numberError({ element }: Input, value: string): string | undefined {
  const { min_value: least, max_value: most } = element;
  const form = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!form.test(value)) return 'Please enter a valid number.';
  if (typeof least === 'string' && Number(value) < Number(least)) {
    return `Please enter a number no less than ${least}.`;
  }
  if (typeof most === 'string' && Number(value) > Number(most)) {
    return `Please enter a number no more than ${most}.`;
  }
  return undefined;
}
