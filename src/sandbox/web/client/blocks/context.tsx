import type { JSX } from 'preact';
import { type Json, records } from '../json.ts';
import { TextObject } from '../text/text-object.tsx';
import { Image } from './image.tsx';

/** Small print: texts and little pictures side by side. */
export function Context({ block }: { readonly block: Json }): JSX.Element {
  return (
    <div class="context">
      {records(block.elements).map((element, index) =>
        element.type === 'image' ? (
          <Image key={index} image={element} title={undefined} isSmall />
        ) : (
          <div key={index}>
            <TextObject value={element} />
          </div>
        ),
      )}
    </div>
  );
}
