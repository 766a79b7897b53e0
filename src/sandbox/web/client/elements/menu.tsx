import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePopup } from './popup.ts';

export interface MenuItem {
  readonly value: string;
  readonly text: string;
  readonly description: string;
  /** Where one of the items is the present one. */
  readonly isCurrent?: boolean;
  readonly mark?: ComponentChildren;
}

interface MenuProps {
  readonly label: string;
  readonly class: string;
  readonly isBusy?: boolean;
  readonly items: readonly MenuItem[];
  readonly children: ComponentChildren;
  readonly onChoose: (value: string) => void;
}

/** A button that opens a menu. */
export function Menu(props: MenuProps): JSX.Element {
  const { items } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  usePopup({ popup: list, anchor: button, isOpen });
  // At once: the next key may be pressed before the page is painted.
  useLayoutEffect(() => {
    if (!isOpen) return;
    const current = Math.max(
      0,
      items.findIndex((item) => item.isCurrent === true),
    );
    entries(list.current)[current]?.focus();
  }, [isOpen]);

  const shut = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = entries(list.current);
    const at = all.findIndex((entry) => entry.matches(':focus'));
    const to = nextPlace(event.key, at, all.length);
    if (event.key === 'Escape' || event.key === 'Tab') shut();
    else if (to === undefined) return;
    else all[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-busy={props.isBusy}
        onClick={() => setOpen(!isOpen)}
      >
        {props.children}
      </button>
      <div
        ref={list}
        id={id}
        class="popup"
        popover="manual"
        role="menu"
        aria-label={props.label}
        onKeyDown={onKeyDown}
        onFocusOut={(event) => {
          const to = event.relatedTarget;
          if (to !== button.current && !(to instanceof Node && list.current?.contains(to))) setOpen(false);
        }}
      >
        {isOpen &&
          items.map((item) => (
            <MenuEntry
              key={item.value}
              item={item}
              onChoose={() => {
                shut();
                props.onChoose(item.value);
              }}
            />
          ))}
      </div>
    </>
  );
}

function MenuEntry({ item, onChoose }: { readonly item: MenuItem; readonly onChoose: () => void }): JSX.Element {
  const role = item.isCurrent === undefined ? { role: 'menuitem' as const } : currentRole(item.isCurrent);
  return (
    <button type="button" {...role} class={item.isCurrent ? 'option option-current' : 'option'} onClick={onChoose}>
      {item.mark}
      <span>
        {item.text}
        {item.description !== '' && <span class="option-description">{item.description}</span>}
      </span>
    </button>
  );
}

function currentRole(isCurrent: boolean): { role: 'menuitemradio'; 'aria-checked': boolean } {
  return { role: 'menuitemradio', 'aria-checked': isCurrent };
}

function entries(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll('button') ?? [])];
}

function nextPlace(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
