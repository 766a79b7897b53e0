import type { JSX } from 'preact';
import { type Json, text } from '../json.ts';

/** What this page cannot draw: its type, and what was sent. */
export function UnknownBlock({ block }: { readonly block: Json }): JSX.Element {
  return (
    <details class="unknown">
      <summary>
        <code>{text(block.type) ?? 'a block without a type'}</code> is not drawn here
      </summary>
      <pre>{JSON.stringify(block, undefined, 2)}</pre>
    </details>
  );
}
