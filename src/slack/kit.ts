import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  SectionBlockAccessory,
} from '@slack/types';

/** What Slack takes at most, in characters unless the name says otherwise (docs.slack.dev, Block Kit reference). */
export const LIMITS = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  sectionText: 3000,
  fieldText: 2000,
  fields: 10,
  contextText: 3000,
  contextElements: 10,
  actionsElements: 25,
  headerText: 150,
  buttonText: 75,
  buttonValue: 2000,
  optionText: 75,
  optionValue: 150,
  options: 100,
  inputLabel: 2000,
  placeholder: 150,
  viewTitle: 24,
  privateMetadata: 3000,
  id: 255,
  /** `chat.update` takes no more, and longer posts are split. */
  messageText: 4000,
  /** Ours: what is left of a name within a sentence. */
  name: 150,
} as const;

/** Slack refuses a whole message for one empty text, so an empty one is shown as this. */
const NOTHING = '–';
const ELLIPSIS = '…';

/** Makes text harmless to Slack's parser: no mention, link or date can be written with it. Exactly these three. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What Slack counts for a bare sign, such as that of a quotation: it keeps it as an entity. */
const BARE_SIGNS: ReadonlyMap<string, number> = new Map([
  ['&', 5],
  ['<', 4],
  ['>', 4],
]);

/**
 * Cuts escaped text to `max` characters as Slack counts them, visibly, and never through an entity, a mention, a date or
 * a surrogate pair.
 */
export function cut(text: string, max: number): string {
  // No text counts more than this: hardly any need be looked at.
  if (text.length + 4 * (text.match(/[&<>]/g)?.length ?? 0) <= max) return text;
  const weightOf = (part: string) => BARE_SIGNS.get(part) ?? Array.from(part).length;
  return shorten(text.match(/&(?:amp|lt|gt);|<[^<>]*>|./gsu) ?? [], max, weightOf);
}

/** Text of a person or the cloud for mrkdwn, its lines kept: cleaned, without formatting, escaped, cut. */
export function safe(text: string, max: number = LIMITS.sectionText): string {
  const lines = text.replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replaceAll('\t', ' ');
  const shown = withoutHidden(lines)
    .replaceAll(/\n\s*\n/g, '\n\n')
    .trim();
  return cut(escapeText(withoutFormatting(shown)), max);
}

/** A name of a person or the cloud within a line of mrkdwn: like `safe`, all on one line. */
export function oneLine(text: string, max: number = LIMITS.name): string {
  return cut(escapeText(withoutFormatting(flat(text))), max);
}

/** A `plain_text` object. Takes raw text: nothing in it is parsed, and Slack counts `&`, `<`, `>` as entities. */
export function plain(text: string, max: number = LIMITS.sectionText): PlainTextElement {
  const line = flat(text);
  const fits = escapeText(line).length <= max;
  const shown = fits ? line : shorten(Array.from(line), max, (part) => Array.from(escapeText(part)).length);
  return { type: 'plain_text', text: shown || NOTHING, emoji: true };
}

/** A `mrkdwn` object. Takes text that is safe already; Slack adds no links or mentions of its own to it. */
export function mrkdwn(text: string, max: number = LIMITS.sectionText): MrkdwnElement {
  return { type: 'mrkdwn', text: cut(text, max) || NOTHING, verbatim: true };
}

/** A paragraph of mrkdwn, with something to click beside it if given. */
export function section(text: string, accessory?: SectionBlockAccessory): SectionBlock {
  return { type: 'section', text: mrkdwn(text, LIMITS.sectionText), ...(accessory && { accessory }) };
}

/** Label and value, both mrkdwn; without a value the fact is left out. */
export type Fact = readonly [label: string, value: string | undefined];

/** Facts in two columns, the label bold before the value. At most ten are shown; the last then says how many are not. */
export function facts(pairs: readonly Fact[]): SectionBlock {
  const texts = pairs.flatMap(([label, value]) => (value === undefined ? [] : [`*${label}*  ${value || NOTHING}`]));
  if (texts.length === 0) return section(NOTHING);
  return { type: 'section', fields: few(texts, LIMITS.fields).map((text) => mrkdwn(text, LIMITS.fieldText)) };
}

/** Small grey mrkdwn, side by side. */
export function context(...texts: string[]): ContextBlock {
  const shown = few(texts.length > 0 ? texts : [NOTHING], LIMITS.contextElements);
  return { type: 'context', elements: shown.map((text) => mrkdwn(text, LIMITS.contextText)) };
}

/** Buttons and menus in a row. */
export function actions(...elements: ActionsBlockElement[]): ActionsBlock {
  return { type: 'actions', elements: elements.slice(0, LIMITS.actionsElements) };
}

export interface ButtonParts {
  /** A verb of what happens next, raw text. */
  text: string;
  /** Told apart within its block. */
  actionId: string;
  /** An opaque id, given back at the click. */
  value?: string;
  style?: 'primary' | 'danger';
  url?: string;
  /** What a screen reader says instead of the text. */
  label?: string;
}

/**
 * A button.
 * @throws RangeError for an id or value that Slack would refuse: cut, it would name something else
 */
export function button({ text, actionId, value, style, url, label }: ButtonParts): Button {
  if (actionId.length > LIMITS.id) throw new RangeError(`button ${actionId.slice(0, 40)}…: the action id is too long`);
  if ((value?.length ?? 0) > LIMITS.buttonValue) throw new RangeError(`button ${actionId}: the value is too long`);
  return {
    type: 'button',
    text: plain(text, LIMITS.buttonText),
    action_id: actionId,
    ...(value && { value }),
    ...(style && { style }),
    ...(url && { url }),
    ...(label && { accessibility_label: plain(label, LIMITS.buttonText).text }),
  };
}

/**
 * An option of a menu, raw text.
 * @throws RangeError for a value that Slack would refuse
 */
export function option(text: string, value: string, description?: string): PlainTextOption {
  if (value.length > LIMITS.optionValue) throw new RangeError(`option ${value.slice(0, 40)}…: the value is too long`);
  return {
    text: plain(text, LIMITS.optionText),
    value,
    ...(description && { description: plain(description, LIMITS.optionText) }),
  };
}

/** A heading, raw text. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMITS.headerText) };
}

/** A line across. */
export function divider(): DividerBlock {
  return { type: 'divider' };
}

/** What goes to Slack as a message. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/**
 * A message: its full text for notifications and screen readers, which ignore blocks, and its blocks. Beyond fifty
 * blocks the middle is left out, visibly: the first ones say what it is, the last two hold the buttons and what stands
 * below them.
 */
export function message(text: string, blocks: KnownBlock[]): Message {
  const most = LIMITS.blocksPerMessage;
  const left = blocks.length - most + 1;
  const shown =
    blocks.length > most
      ? [...blocks.slice(0, most - 3), context(`${ELLIPSIS} ${left} more not shown`), ...blocks.slice(-2)]
      : blocks;
  return { text: cut(text, LIMITS.messageText), blocks: shown };
}

function few(texts: readonly string[], most: number): string[] {
  if (texts.length <= most) return [...texts];
  return [...texts.slice(0, most - 1), `${ELLIPSIS} and ${texts.length - most + 1} more`];
}

/** As many parts as weigh no more than `max` together, with an ellipsis if some had to go. */
function shorten(parts: readonly string[], max: number, weightOf: (part: string) => number): string {
  let weight = 0;
  let fitting = 0;
  for (const [index, part] of parts.entries()) {
    weight += weightOf(part);
    if (weight > max) return max < 1 ? '' : parts.slice(0, fitting).join('').trimEnd() + ELLIPSIS;
    if (weight < max) fitting = index + 1;
  }
  return parts.join('');
}

/** Everything on one line, as read. */
function flat(text: string): string {
  return withoutHidden(text.replaceAll(/[\s\p{Cc}]+/gu, ' '))
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/**
 * Without what is not seen but does something: control characters, direction overrides, zero-width and tag characters,
 * half surrogates, heaps of accents. Joiners stay within scripts and emoji that need them.
 */
function withoutHidden(text: string): string {
  return text
    .replaceAll(
      /(?!\n)\p{Cc}|(?!\p{Join_Control}|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu,
      '',
    )
    .replaceAll(/(?<=^|\p{ASCII})\p{Join_Control}+|\p{Join_Control}+(?=\p{ASCII}|$)/gu, '')
    .replaceAll(/(\p{M}{3})\p{M}+/gu, '$1')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', '>': '›' };

/**
 * Slack has no way to escape its formatting, so where a sign would format (at the edge of a word, a quote's `>` at the
 * start of a line) one that looks like it stands in; within a word it stays as it is.
 */
function withoutFormatting(text: string): string {
  return text.replaceAll(/`|^[ ]*>+|(?<![\p{L}\p{N}*_~])[*_~]+|[*_~]+(?![\p{L}\p{N}*_~])/gmu, (signs) =>
    signs.replaceAll(/[*_~`>]/g, (sign) => LOOKALIKES[sign] ?? sign),
  );
}
