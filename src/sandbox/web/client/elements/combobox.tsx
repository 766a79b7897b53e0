import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Choice, ChoiceGroup } from './choice.ts';
import { ChoiceList } from './choice-list.tsx';
import { usePopup } from './popup.ts';

export interface ComboboxProps {
  readonly id: string;
  readonly label: string | undefined;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly placeholder: string;
  readonly groups: readonly ChoiceGroup[];
  readonly chosen: readonly Choice[];
  readonly isMultiple: boolean;
  /** What stands in the list instead of choices: that it is being read, or that there are none. */
  readonly note: string | undefined;
  readonly mayClear: boolean;
  readonly onQuery: (query: string) => void;
  readonly onChoose: (chosen: readonly Choice[]) => void;
}

/** A field that one types into to find choices, by the keyboard or the mouse; several stand before it as tokens. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const { chosen, groups, isMultiple, onChoose, onQuery } = props;
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState(0);
  const choices = groups.flatMap((group) => group.choices);
  usePopup({ popup: list, anchor: frame, isOpen });
  useEffect(() => setActive(0), [query, choices.length]);
  const standing = isMultiple ? '' : (chosen[0]?.text ?? '');
  // What is typed takes the place of the choice that stands there: it is no part of the search.
  const selectStanding = (): void => {
    if (query === undefined && document.activeElement === input.current) input.current?.select();
  };
  useLayoutEffect(selectStanding, [query === undefined, standing]);

  const search = (words: string | undefined): void => {
    setQuery(words);
    onQuery(words ?? '');
  };
  const open = (): void => {
    if (isOpen) return;
    setOpen(true);
    onQuery(query ?? '');
  };
  const shut = (): void => {
    setOpen(false);
    setQuery(undefined);
  };
  const choose = (choice: Choice): void => {
    const isThere = chosen.some((one) => one.value === choice.value);
    if (!isMultiple) onChoose([choice]);
    else onChoose(isThere ? chosen.filter((one) => one.value !== choice.value) : [...chosen, choice]);
    if (isMultiple) search(undefined);
    else shut();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isTyped = query !== undefined && query !== '';
    if (event.key === 'Escape' && isOpen) shut();
    else if (event.key === 'ArrowDown' && isOpen) setActive((at) => Math.min(at + 1, choices.length - 1));
    else if (event.key === 'ArrowUp' && isOpen) setActive((at) => Math.max(at - 1, 0));
    else if (event.key === 'ArrowDown' || (event.key === 'Enter' && !isOpen)) open();
    else if (event.key === 'Enter') {
      const choice = choices[active];
      if (choice) choose(choice);
    } else if (event.key === 'Backspace' && isMultiple && !isTyped && chosen.length > 0) onChoose(chosen.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="combobox">
      <div class="combobox-frame" ref={frame} onClick={() => input.current?.focus()}>
        {isMultiple &&
          chosen.map((choice) => (
            <Token
              key={choice.value}
              choice={choice}
              onRemove={() => onChoose(chosen.filter((one) => one !== choice))}
            />
          ))}
        <input
          ref={input}
          id={props.id}
          class="combobox-input"
          role="combobox"
          autocomplete="off"
          aria-label={props.label}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-describedby={props.describedBy}
          aria-invalid={props.isInvalid}
          aria-activedescendant={isOpen && choices.length > 0 ? `${listId}-${active}` : undefined}
          placeholder={isMultiple && chosen.length > 0 ? '' : props.placeholder}
          value={query ?? standing}
          onInput={(event) => {
            search(event.currentTarget.value);
            setOpen(true);
          }}
          onFocus={selectStanding}
          onMouseDown={(event) => {
            if (query !== undefined || standing === '') return;
            // The browser would put the caret into the words, or take the selection away once the button is up.
            event.preventDefault();
            event.currentTarget.focus();
            selectStanding();
          }}
          onClick={open}
          onBlur={shut}
          onKeyDown={onKeyDown}
        />
        {props.mayClear && chosen.length > 0 && (
          <button type="button" class="icon-button" aria-label="Clear the choice" onClick={() => onChoose([])}>
            ✕
          </button>
        )}
        <span class="combobox-arrow" aria-hidden="true" />
      </div>
      <ChoiceList
        frame={list}
        id={listId}
        groups={groups}
        chosen={chosen}
        isMultiple={isMultiple}
        active={active}
        note={props.note}
        isOpen={isOpen}
        onChoose={choose}
      />
    </div>
  );
}

function Token({ choice, onRemove }: { readonly choice: Choice; readonly onRemove: () => void }): JSX.Element {
  return (
    <span class="token">
      {choice.text}
      <button type="button" class="icon-button" aria-label={`Remove ${choice.text}`} onClick={onRemove}>
        ✕
      </button>
    </span>
  );
}
