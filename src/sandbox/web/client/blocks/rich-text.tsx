import type { JSX } from 'preact';
import { type Json, number, records, text } from '../json.ts';
import { InlineText } from '../text/inline-view.tsx';
import { richInline } from '../text/rich-text.ts';
import { UnknownBlock } from './unknown.tsx';

/** A `rich_text` block. */
export function RichText({ block }: { readonly block: Json }): JSX.Element {
  return (
    <div class="rich-text">
      {records(block.elements).map((element, index) => (
        <RichPart key={index} element={element} />
      ))}
    </div>
  );
}

function RichPart({ element }: { readonly element: Json }): JSX.Element {
  switch (element.type) {
    case 'rich_text_section':
      return (
        <p>
          <InlineText nodes={richInline(element.elements)} />
        </p>
      );
    case 'rich_text_quote':
      return (
        <blockquote>
          <InlineText nodes={richInline(element.elements)} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return <pre>{records(element.elements).map((leaf) => text(leaf.text) ?? text(leaf.url) ?? '')}</pre>;
    case 'rich_text_list':
      return <RichList element={element} />;
    default:
      return <UnknownBlock block={element} />;
  }
}

function RichList({ element }: { readonly element: Json }): JSX.Element {
  const items = records(element.elements).map((item, index) => (
    <li key={index}>
      <InlineText nodes={richInline(item.elements)} />
    </li>
  ));
  const indent = { marginInlineStart: `${(number(element.indent) ?? 0) * 1.5}rem` };
  if (element.style !== 'ordered') return <ul style={indent}>{items}</ul>;
  return (
    <ol style={indent} start={(number(element.offset) ?? 0) + 1}>
      {items}
    </ol>
  );
}
