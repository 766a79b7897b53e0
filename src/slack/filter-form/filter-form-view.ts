import type { InputBlock, ModalView } from '@slack/types';
import { LIMITS, oneLine, option, plain, section } from '../kit.ts';
import { LONGEST_PART } from './filter-part.ts';

/** The value of the choice that is none: a menu cannot be emptied again on every client. */
const ANY = 'any';

/** A form to fill in: the place of the list that is filtered, and what the modal is known by and carries along. */
export interface FilterForm<P> {
  readonly place: P;
  readonly callbackId: string;
  readonly metadata: string;
}

/** Asks what of a project a list is to show; `what` are its entries, in a word or a few, as safe mrkdwn. */
export function filterFormView(
  { place, callbackId, metadata }: FilterForm<{ readonly project: string }>,
  about: { readonly title: string; readonly what: string; readonly inputs: readonly InputBlock[] },
): ModalView {
  const { title, what, inputs } = about;
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadata,
    title: plain(title, LIMITS.viewTitle),
    submit: plain('Show', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`Which ${what} of ${oneLine(place.project)} to show. What is left empty lets everything through.`),
      ...inputs,
    ],
  };
}

/** A field that may be left empty. */
export function filterInput(about: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly element: InputBlock['element'];
}): InputBlock {
  const { id, label, hint, element } = about;
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label, LIMITS.inputLabel),
    element,
    ...(hint && { hint: plain(hint, LIMITS.inputLabel) }),
  };
}

/** Asks for a part of a text. */
export function partInput(about: {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly entered: string | undefined;
}): InputBlock {
  const { id, entered } = about;
  const element = { type: 'plain_text_input', action_id: id, max_length: LONGEST_PART } as const;
  return filterInput({ ...about, element: { ...element, ...(entered && { initial_value: entered }) } });
}

/** Asks for one of these, or any of them. */
export function oneOrAnyInput<C extends string>(about: {
  readonly id: string;
  readonly label: string;
  /** As in `any status`. */
  readonly any: string;
  readonly among: readonly C[];
  readonly words: (one: C) => string;
  readonly chosen: C | undefined;
}): InputBlock {
  const { id, label, among, words, chosen } = about;
  const any = option(about.any, ANY);
  const options = among.map((one) => option(words(one), one));
  const initial = options.find(({ value }) => value === chosen) ?? any;
  return filterInput({
    id,
    label,
    element: { type: 'static_select', action_id: id, options: [any, ...options], initial_option: initial },
  });
}
