import type { JSX } from 'preact';
import { record, text } from '../json.ts';
import { withEmoji } from './emoji.ts';
import { Mrkdwn } from './mrkdwn-view.tsx';

/** A text object of Block Kit, or a bare string where the block takes one. */
export function TextObject({ value }: { readonly value: unknown }): JSX.Element {
  const object = record(value);
  if (object.type === 'mrkdwn') return <Mrkdwn text={text(object.text) ?? ''} verbatim={object.verbatim === true} />;
  return <span class="lines">{plainText(value)}</span>;
}

/** The words of a `plain_text` object or a bare string, shortcodes replaced. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { text: words, emoji } = record(value);
  const said = text(words) ?? '';
  return emoji === false ? said : withEmoji(said);
}
