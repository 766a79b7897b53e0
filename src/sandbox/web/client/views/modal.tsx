import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Blocks } from '../blocks/block.tsx';
import { Place, PlaceProvider } from '../elements/place.ts';
import { returnFocus } from '../elements/return-focus.ts';
import { type Json, record, text } from '../json.ts';
import { CallError, call } from '../state/api.ts';
import { useModel, useSession } from '../state/context.ts';
import type { View } from '../state/model.ts';

const NONE: readonly View[] = [];

/** The modals of the person, the top one on the screen; those below keep what was entered. */
export function Modals(): JSX.Element | null {
  const session = useSession();
  const stack = useModel((model) => model.stacks[model.me]) ?? NONE;
  const places = useRef(new Map<string, Place>());
  const me = useModel((model) => model.me);
  const opener = useRef<Element | null>(null);
  const top = stack.at(-1);
  const place = useMemo(() => {
    if (!top) return undefined;
    const known = places.current.get(top.id) ?? new Place(session, {});
    places.current.set(top.id, known);
    return known;
  }, [session, me, top?.id]);
  useLayoutEffect(() => {
    if (top !== undefined) return;
    returnFocus(opener.current);
    opener.current = null;
  }, [top === undefined]);
  if (!top || !place) return null;
  return <Modal key={`${me} ${top.id}`} view={top} depth={stack.length} place={place} opener={opener} />;
}

interface ModalProps {
  readonly view: View;
  readonly depth: number;
  readonly place: Place;
  /** What had the focus before the first modal of the stack. */
  readonly opener: { current: Element | null };
}

function Modal({ view, depth, place, opener }: ModalProps): JSX.Element {
  const session = useSession();
  const me = useModel((model) => model.me);
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [notice, setNotice] = useState<string>();
  useOpened(dialog, opener);

  const close = (all: boolean): void => {
    void session.attempt(() => call('/_sandbox/view/close', { user: me, all }));
  };
  const submit = async (): Promise<void> => {
    if (isBusy || view.submit === undefined) return;
    setBusy(true);
    setNotice(undefined);
    place.errors.replace({});
    try {
      await place.settled();
      const answer = await call('/_sandbox/view/submit', { user: me, values: place.entered(view.blocks) });
      place.errors.replace(errorsOf(answer));
      focusFirstError(dialog.current);
    } catch (error) {
      setNotice(error instanceof CallError ? (error.notice ?? error.message) : 'The demo does not answer.');
    }
    setBusy(false);
  };
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="modal-title"
      data-place
      onCancel={(event) => {
        event.preventDefault();
        close(false);
      }}
    >
      <form
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header class="dialog-head">
          {depth > 1 && (
            <button type="button" class="icon-button" aria-label="Back" onClick={() => close(false)}>
              ←
            </button>
          )}
          <h2 id="modal-title">{view.title}</h2>
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => close(true)}>
            ✕
          </button>
        </header>
        <div class="dialog-body" tabIndex={-1}>
          {notice !== undefined && (
            <div class="alert alert-error" role="alert">
              {notice}
            </div>
          )}
          <PlaceProvider value={place}>
            <Blocks blocks={view.blocks} />
          </PlaceProvider>
        </div>
        <ModalFoot view={view} isBusy={isBusy} onClose={() => close(false)} />
      </form>
    </dialog>
  );
}

interface ModalFootProps {
  readonly view: View;
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

function ModalFoot({ view, isBusy, onClose }: ModalFootProps): JSX.Element {
  return (
    <footer class="dialog-foot">
      <button type="button" class="button" onClick={onClose}>
        {view.close ?? (view.submit === undefined ? 'Close' : 'Cancel')}
      </button>
      {view.submit !== undefined && (
        <button type="submit" class="button button-primary" aria-busy={isBusy}>
          {view.submit}
        </button>
      )}
    </footer>
  );
}

/** Opens the dialog, and puts the focus into its first input, or on the dialog itself where there is none. */
function useOpened(dialog: { readonly current: HTMLDialogElement | null }, opener: ModalProps['opener']): void {
  useLayoutEffect(() => {
    const shown = dialog.current;
    opener.current ??= document.activeElement;
    shown?.showModal();
    const first = shown?.querySelector<HTMLElement>('.dialog-body :is(input, textarea)');
    (first ?? shown?.querySelector<HTMLElement>('.dialog-body'))?.focus();
    // While it is open, nothing outside of it can have the focus.
    return () => shown?.close();
  }, []);
  // An update may have taken away what had the focus: keys must still reach the dialog.
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.contains(document.activeElement)) {
      shown.querySelector<HTMLElement>('.dialog-body')?.focus();
    }
  });
}

function errorsOf(answer: unknown): Record<string, string> {
  const errors: Json = record(record(answer).errors);
  return Object.fromEntries(Object.entries(errors).map(([block, error]) => [block, text(error) ?? '']));
}

function focusFirstError(dialog: HTMLElement | null): void {
  requestAnimationFrame(() => dialog?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
