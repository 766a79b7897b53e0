import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isRecord, type Json, records } from '../json.ts';
import { TextObject } from '../text/text-object.tsx';
import { useConfirmed } from './confirm.tsx';
import type { ElementProps } from './element-props.ts';
import { usePlace, useValue } from './place.ts';

/** Radio buttons or checkboxes. */
export function Picks({ at, id, label, describedBy }: ElementProps): JSX.Element {
  const place = usePlace();
  const confirmed = useConfirmed(at.element);
  const value = useValue(at);
  const [, redraw] = useState({});
  const isRadio = at.element.type === 'radio_buttons';
  const options = records(at.element.options);
  const picked = new Set(records(Array.isArray(value) ? value : [value]).map((option) => option.value));
  const pick = async (option: Json, isPicked: boolean): Promise<void> => {
    if (!(await confirmed())) {
      // The browser has ticked it already.
      redraw({});
      return;
    }
    const now = new Set(picked);
    if (isPicked) now.add(option.value);
    else now.delete(option.value);
    await place.enter(at, isRadio ? option : options.filter((one) => now.has(one.value)));
  };
  return (
    <fieldset
      class="picks"
      aria-label={label}
      aria-labelledby={label === undefined ? `${id}-label` : undefined}
      aria-describedby={describedBy}
    >
      {options.map((option) => (
        <label key={String(option.value)} class="pick">
          <input
            type={isRadio ? 'radio' : 'checkbox'}
            name={id}
            checked={picked.has(option.value)}
            onChange={(event) => void pick(option, event.currentTarget.checked)}
          />
          <span>
            <TextObject value={option.text} />
            {isRecord(option.description) && (
              <span class="option-description">
                <TextObject value={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
