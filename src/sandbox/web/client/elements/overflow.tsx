import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { records, text } from '../json.ts';
import { safeUrl } from '../text/inline.ts';
import { plainText } from '../text/text-object.tsx';
import { useConfirmed } from './confirm.tsx';
import { Menu } from './menu.tsx';
import { type At, usePlace } from './place.ts';

/** A menu of further actions behind three dots. */
export function Overflow({ at }: { readonly at: At }): JSX.Element {
  const place = usePlace();
  const confirmed = useConfirmed(at.element);
  const [isBusy, setBusy] = useState(false);
  const choose = async (value: string): Promise<void> => {
    const option = records(at.element.options).find((one) => one.value === value);
    if (!option || !(await confirmed())) return;
    const url = safeUrl(text(option.url) ?? '');
    if (url !== undefined) window.open(url, '_blank', 'noopener,noreferrer');
    setBusy(true);
    await place.act(at, { value });
    setBusy(false);
  };
  const items = records(at.element.options).map((option) => ({
    value: String(option.value),
    text: plainText(option.text),
    description: plainText(option.description),
  }));
  return (
    <Menu
      label="More actions"
      class="button button-icon"
      isBusy={isBusy}
      items={items}
      onChoose={(value) => void choose(value)}
    >
      ⋯
    </Menu>
  );
}
