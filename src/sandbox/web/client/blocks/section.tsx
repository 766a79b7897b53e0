import type { JSX } from 'preact';
import { LooseElement } from '../elements/element.tsx';
import { isRecord, type Json, records } from '../json.ts';
import { TextObject } from '../text/text-object.tsx';
import { Image } from './image.tsx';

/** A paragraph, facts in two columns, and something to look at or to press beside them. */
export function Section({ block }: { readonly block: Json }): JSX.Element {
  const fields = records(block.fields);
  return (
    <div class="section">
      <div class="section-text">
        {block.text !== undefined && <TextObject value={block.text} />}
        {fields.length > 0 && (
          <div class="fields">
            {fields.map((field, index) => (
              <div key={index}>
                <TextObject value={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isRecord(block.accessory) && <Accessory accessory={block.accessory} block={block} />}
    </div>
  );
}

function Accessory({ accessory, block }: { readonly accessory: Json; readonly block: Json }): JSX.Element {
  if (accessory.type === 'image') return <Image image={accessory} title={undefined} isSmall />;
  return (
    <div class="accessory">
      <LooseElement element={accessory} block={block} />
    </div>
  );
}
