import type { JSX } from 'preact';
import { type Json, text } from '../json.ts';
import { TextObject } from '../text/text-object.tsx';

const MARKS: Readonly<Record<string, string>> = {
  default: '•',
  info: 'ℹ️',
  warning: '⚠️',
  error: '❌',
  success: '✅',
};

/** A line that one should not overlook. */
export function Alert({ block }: { readonly block: Json }): JSX.Element {
  const level = text(block.level) ?? 'default';
  return (
    <div class={`alert alert-${level}`} role={level === 'error' ? 'alert' : 'status'}>
      <span aria-hidden="true">{MARKS[level] ?? '•'}</span>
      <div>
        <TextObject value={block.text} />
      </div>
    </div>
  );
}
