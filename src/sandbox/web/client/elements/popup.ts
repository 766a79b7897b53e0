import { useLayoutEffect } from 'preact/hooks';

const GAP = 4;
const MARGIN = 8;
const WIDEST = 544;
const HIGHEST = 440;

interface Ends {
  readonly current: HTMLElement | null;
}

/**
 * Shows an element in the browser's top layer beside its anchor, below it or above where there is more room, so that
 * no scrolling box cuts it off.
 */
export function usePopup({ popup, anchor, isOpen }: { popup: Ends; anchor: Ends; isOpen: boolean }): void {
  useLayoutEffect(() => {
    const shown = popup.current;
    const beside = anchor.current;
    if (!isOpen || !shown || !beside) return undefined;
    shown.showPopover();
    const put = (): void => place(shown, beside.getBoundingClientRect());
    put();
    const observer = new ResizeObserver(put);
    observer.observe(shown);
    window.addEventListener('scroll', put, true);
    window.addEventListener('resize', put);
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', put, true);
      window.removeEventListener('resize', put);
      if (shown.isConnected && shown.matches(':popover-open')) shown.hidePopover();
    };
  }, [isOpen]);
}

function place(shown: HTMLElement, beside: DOMRect): void {
  const below = window.innerHeight - beside.bottom - GAP - MARGIN;
  const above = beside.top - GAP - MARGIN;
  const goesUp = below < Math.min(shown.scrollHeight, 200) && above > below;
  shown.style.minWidth = `${Math.min(beside.width, WIDEST)}px`;
  shown.style.maxHeight = `${Math.min(goesUp ? above : below, HIGHEST)}px`;
  const width = shown.offsetWidth;
  shown.style.left = `${Math.max(MARGIN, Math.min(beside.left, window.innerWidth - width - MARGIN))}px`;
  shown.style.top = goesUp ? `${beside.top - GAP - shown.offsetHeight}px` : `${beside.bottom + GAP}px`;
}
