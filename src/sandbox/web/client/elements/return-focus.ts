/** Puts the focus back to where it was before something opened, if that is still there. */
export function returnFocus(to: Element | null): void {
  if (!(to instanceof HTMLElement) || !to.isConnected) return;
  // A dialog that closes gives a field the focus, but in Chromium not the caret: what is typed then goes nowhere.
  to.blur();
  to.focus();
}
