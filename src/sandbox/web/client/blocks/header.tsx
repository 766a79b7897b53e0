import type { JSX } from 'preact';
import { type Json, number } from '../json.ts';
import { plainText } from '../text/text-object.tsx';

/** A heading; below those of the page itself. */
export function Header({ block }: { readonly block: Json }): JSX.Element {
  const level = number(block.level) ?? 1;
  return (
    <div class={`header header-${level}`} role="heading" aria-level={Math.min(level + 2, 6)}>
      {plainText(block.text)}
    </div>
  );
}
