import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Element } from '../elements/element.tsx';
import { usePlace, useStore } from '../elements/place.ts';
import { type Json, record } from '../json.ts';
import { plainText } from '../text/text-object.tsx';

/** A labelled input with its hint, and with what is wrong with its value. */
export function InputBlock({ block }: { readonly block: Json }): JSX.Element {
  const place = usePlace();
  const error = useStore(place.errors)[String(block.block_id)];
  const id = useId();
  const element = record(block.element);
  const hint = plainText(block.hint);
  const isGroup = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const label = (
    <>
      {plainText(block.label)}
      {block.optional === true && <span class="optional"> (optional)</span>}
    </>
  );
  const describedBy = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div class={error ? 'input input-wrong' : 'input'}>
      {isGroup ? (
        <div id={`${id}-label`} class="label">
          {label}
        </div>
      ) : (
        <label class="label" for={id}>
          {label}
        </label>
      )}
      <Element at={{ element, block }} id={id} label={undefined} describedBy={describedBy} isInvalid={Boolean(error)} />
      {error && (
        <div class="input-error" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
