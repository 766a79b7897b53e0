import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { UnknownBlock } from '../blocks/unknown.tsx';
import type { Json } from '../json.ts';
import { plainText } from '../text/text-object.tsx';
import { Button } from './button.tsx';
import { DateField } from './date-field.tsx';
import type { ElementProps } from './element-props.ts';
import { Overflow } from './overflow.tsx';
import { Picks } from './picks.tsx';
import { Select } from './select.tsx';
import { TextField } from './text-field.tsx';

/** An interactive element in a section, in a row of actions, or in an input block. */
export function Element(props: ElementProps): JSX.Element {
  const { element } = props.at;
  switch (element.type) {
    case 'button':
      return <Button at={props.at} />;
    case 'overflow':
      return <Overflow at={props.at} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextField {...props} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateField {...props} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <Picks {...props} />;
    case 'static_select':
    case 'external_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
    case 'multi_static_select':
    case 'multi_external_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return <Select {...props} />;
    default:
      return <UnknownBlock block={element} />;
  }
}

/** An element that stands by itself, named by its placeholder or its kind. */
export function LooseElement({ element, block }: { readonly element: Json; readonly block: Json }): JSX.Element {
  const id = useId();
  return (
    <Element at={{ element, block }} id={id} label={looseLabel(element)} describedBy={undefined} isInvalid={false} />
  );
}

function looseLabel(element: Json): string {
  return plainText(element.placeholder) || String(element.type).replaceAll('_', ' ');
}
