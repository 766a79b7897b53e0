import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isRecord, type Json } from '../json.ts';
import { Store } from '../state/store.ts';
import { plainText, TextObject } from '../text/text-object.tsx';
import { useStore } from './place.ts';
import { returnFocus } from './return-focus.ts';

interface Pending {
  readonly confirm: Json;
  readonly answer: (isConfirmed: boolean) => void;
}

const asked = new Store<{ readonly pending: Pending | undefined }>({ pending: undefined });

/** Asks what the element's `confirm` says; true at once where it has none. */
export function useConfirmed({ confirm }: Json): () => Promise<boolean> {
  return () => {
    if (!isRecord(confirm)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const answer = (isConfirmed: boolean): void => {
        asked.set({ pending: undefined });
        resolve(isConfirmed);
      };
      asked.set({ pending: { confirm, answer } });
    });
  };
}

/** Where the question appears, over everything else. */
export function ConfirmHost(): JSX.Element | null {
  const { pending } = useStore(asked);
  return pending ? <ConfirmDialog pending={pending} /> : null;
}

function ConfirmDialog({ pending }: { readonly pending: Pending }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    const opener = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      returnFocus(opener);
    };
  }, []);
  const { confirm, answer } = pending;
  const danger = confirm.style === 'danger';
  return (
    <dialog
      ref={dialog}
      class="dialog dialog-small"
      aria-labelledby="confirm-title"
      onCancel={(event) => {
        event.preventDefault();
        answer(false);
      }}
    >
      <h2 id="confirm-title">{plainText(confirm.title)}</h2>
      <div class="dialog-body">
        <TextObject value={confirm.text} />
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={() => answer(false)}>
          {plainText(confirm.deny) || 'Cancel'}
        </button>
        <button
          type="button"
          class={danger ? 'button button-danger' : 'button button-primary'}
          onClick={() => answer(true)}
        >
          {plainText(confirm.confirm) || 'Yes'}
        </button>
      </footer>
    </dialog>
  );
}
