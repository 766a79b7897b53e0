import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useModel, useSession } from '../state/context.ts';

/** What Slack would have shown for a moment, over everything else, dialogs too. */
export function Toasts(): JSX.Element {
  const session = useSession();
  const toasts = useModel((model) => model.toasts);
  const dialog = useModel((model) => model.stacks[model.me]?.at(-1)?.id);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = box.current;
    // Shown anew, it comes to lie over a dialog that was opened since.
    if (shown?.matches(':popover-open')) shown.hidePopover();
    if (toasts.length > 0) shown?.showPopover();
  }, [toasts, dialog]);
  return (
    <div ref={box} class="toasts" popover="manual" role="status" aria-label="Notices" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} class={`toast toast-${toast.tone}`}>
          <div>
            <strong>{toast.text}</strong>
            {toast.detail !== undefined && <div>{toast.detail}</div>}
          </div>
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => session.dismiss(toast.id)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
