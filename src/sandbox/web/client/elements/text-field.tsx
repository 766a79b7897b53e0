import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { number, record, text, texts } from '../json.ts';
import { plainText } from '../text/text-object.tsx';
import type { ElementProps } from './element-props.ts';
import { dispatches, usePlace, useValue } from './place.ts';

const DEBOUNCE_MS = 250;
const TYPES = {
  email_text_input: { type: 'email', inputMode: 'email' },
  url_text_input: { type: 'url', inputMode: 'url' },
  number_input: { type: 'text', inputMode: 'decimal' },
  plain_text_input: { type: 'text', inputMode: 'text' },
} as const;

/** A field for text or a number. What is typed goes to the app when the form does, or as the element asks for it. */
export function TextField({ at, id, label, describedBy, isInvalid }: ElementProps): JSX.Element {
  const { element } = at;
  const place = usePlace();
  const value = text(useValue(at)) ?? '';
  const timer = useRef<number>();
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const triggers = texts(record(element.dispatch_action_config).trigger_actions_on);
  const onEnter = dispatches(at) && (triggers.length === 0 || triggers.includes('on_enter_pressed'));
  const onCharacter = dispatches(at) && triggers.includes('on_character_entered');
  const isMultiline = element.multiline === true;

  const onInput = (event: JSX.TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    const typed = event.currentTarget.value;
    place.note(at, typed);
    window.clearTimeout(timer.current);
    if (onCharacter) timer.current = window.setTimeout(() => void place.enter(at, typed), DEBOUNCE_MS);
  };
  const onChange = (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    if (!dispatches(at)) void place.enter(at, event.currentTarget.value);
  };
  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || !onEnter || isMultiline || event.isComposing) return;
    event.preventDefault();
    void place.enter(at, event.currentTarget.value);
  };
  const common = {
    id,
    class: 'field',
    value,
    placeholder: plainText(element.placeholder),
    maxLength: number(element.max_length),
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid,
    onInput,
    onChange,
    onKeyDown,
  };
  if (isMultiline) return <textarea rows={3} {...common} />;
  return <input {...common} {...kindOf(element.type)} autocomplete="off" />;
}

function kindOf(type: unknown): (typeof TYPES)[keyof typeof TYPES] {
  switch (type) {
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return TYPES[type];
    default:
      return TYPES.plain_text_input;
  }
}
