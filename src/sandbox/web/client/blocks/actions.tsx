import type { JSX } from 'preact';
import { LooseElement } from '../elements/element.tsx';
import { type Json, records, text } from '../json.ts';

/** Buttons and menus in a row. */
export function Actions({ block }: { readonly block: Json }): JSX.Element {
  return (
    <div class="actions">
      {records(block.elements).map((element, index) => (
        <LooseElement key={text(element.action_id) ?? index} element={element} block={block} />
      ))}
    </div>
  );
}
