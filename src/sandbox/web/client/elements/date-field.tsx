import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { number, text } from '../json.ts';
import { useConfirmed } from './confirm.tsx';
import type { ElementProps } from './element-props.ts';
import { usePlace, useValue } from './place.ts';

/** A day, a time of day, or a moment, by the browser's own picker; a moment is in the reader's zone. */
export function DateField({ at, id, label, describedBy, isInvalid }: ElementProps): JSX.Element {
  const place = usePlace();
  const confirmed = useConfirmed(at.element);
  const isMoment = at.element.type === 'datetimepicker';
  const value = useValue(at);
  const [, redraw] = useState({});
  const type = isMoment ? 'datetime-local' : at.element.type === 'timepicker' ? 'time' : 'date';
  const onChange = async (typed: string): Promise<void> => {
    if (await confirmed()) await place.enter(at, typed === '' ? null : isMoment ? secondsOf(typed) : typed);
    else redraw({});
  };
  return (
    <input
      id={id}
      class="field field-date"
      type={type}
      value={isMoment ? localText(number(value)) : (text(value) ?? '')}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      onChange={(event) => void onChange(event.currentTarget.value)}
    />
  );
}

function secondsOf(typed: string): number {
  return Math.floor(new Date(typed).getTime() / 1000);
}

/** As `datetime-local` takes it: `2026-11-21T08:30`, in the browser's zone. */
function localText(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
