import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { text } from '../json.ts';
import { useSession } from '../state/context.ts';
import { safeUrl } from '../text/inline.ts';
import { plainText } from '../text/text-object.tsx';
import { useConfirmed } from './confirm.tsx';
import { type At, usePlace } from './place.ts';

/** A button of the app. One with an address opens it; the app is told all the same. */
export function Button({ at }: { readonly at: At }): JSX.Element {
  const { element } = at;
  const place = usePlace();
  const session = useSession();
  const confirmed = useConfirmed(element);
  const [isBusy, setBusy] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  useFocusKept(ref);

  const press = async (): Promise<void> => {
    if (isBusy || !(await confirmed())) return;
    const url = safeUrl(text(element.url) ?? '');
    if (url !== undefined && !session.follow(url)) window.open(url, '_blank', 'noopener,noreferrer');
    setBusy(true);
    await place.act(at, element.value === undefined ? {} : { value: element.value });
    setBusy(false);
  };
  const style = text(element.style);
  return (
    <button
      ref={ref}
      type="button"
      class={style === undefined ? 'button' : `button button-${style}`}
      aria-label={text(element.accessibility_label)}
      aria-busy={isBusy}
      onClick={() => void press()}
    >
      {plainText(element.text)}
    </button>
  );
}

/** A button that goes once it was pressed must not take the focus with it: the message around gets it. */
function useFocusKept(ref: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(
    () => () => {
      const button = ref.current;
      if (button !== null && document.activeElement === button) {
        button.closest<HTMLElement>('[data-place]')?.focus({ preventScroll: true });
      }
    },
    [],
  );
}
