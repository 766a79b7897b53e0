import type { JSX, Ref } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Choice, ChoiceGroup } from './choice.ts';

interface ChoiceListProps {
  readonly id: string;
  readonly frame: Ref<HTMLDivElement>;
  readonly groups: readonly ChoiceGroup[];
  readonly chosen: readonly Choice[];
  readonly isMultiple: boolean;
  readonly active: number;
  readonly note: string | undefined;
  readonly isOpen: boolean;
  readonly onChoose: (choice: Choice) => void;
}

/** The list that belongs to a combobox. */
export function ChoiceList(props: ChoiceListProps): JSX.Element {
  const { id, groups, chosen, active, isOpen } = props;
  useEffect(() => {
    if (isOpen) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, isOpen]);
  let count = 0;
  return (
    <div
      ref={props.frame}
      class="popup"
      popover="manual"
      // The field keeps the focus while one picks with the mouse.
      onMouseDown={(event) => event.preventDefault()}
    >
      {isOpen && props.note !== undefined && (
        <p class="popup-note" role="status">
          {props.note}
        </p>
      )}
      <div id={id} role="listbox" aria-label="Choices" aria-multiselectable={props.isMultiple}>
        {isOpen &&
          groups.map((group) => (
            <div key={group.label} role="group" aria-label={group.label || undefined}>
              {group.label !== '' && <div class="popup-label">{group.label}</div>}
              {group.choices.map((choice) => {
                const place = count;
                count += 1;
                return (
                  <ChoiceLine
                    key={choice.value}
                    id={`${id}-${place}`}
                    choice={choice}
                    isActive={place === active}
                    isChosen={chosen.some((one) => one.value === choice.value)}
                    onChoose={() => props.onChoose(choice)}
                  />
                );
              })}
            </div>
          ))}
      </div>
    </div>
  );
}

interface ChoiceLineProps {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function ChoiceLine({ id, choice, isActive, isChosen, onChoose }: ChoiceLineProps): JSX.Element {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      class={isActive ? 'option option-active' : 'option'}
      onClick={onChoose}
    >
      <span class="option-mark" aria-hidden="true">
        {isChosen ? '✓' : ''}
      </span>
      <span>
        {choice.text}
        {choice.description !== undefined && <span class="option-description">{choice.description}</span>}
      </span>
    </div>
  );
}
