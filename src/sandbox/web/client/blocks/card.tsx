import type { JSX } from 'preact';
import { LooseElement } from '../elements/element.tsx';
import { isRecord, type Json, records, text } from '../json.ts';
import { TextObject } from '../text/text-object.tsx';
import { Image } from './image.tsx';

/** A `card`: a picture, a title, a few words and buttons. */
export function Card({ card }: { readonly card: Json }): JSX.Element {
  return (
    <div class="card">
      {isRecord(card.hero_image) && <Image image={card.hero_image} title={undefined} />}
      {card.title !== undefined && (
        <strong>
          <TextObject value={card.title} />
        </strong>
      )}
      {[card.subtitle, card.body, card.subtext].map((part, index) =>
        part === undefined ? null : (
          <div key={index} class={index === 1 ? '' : 'context'}>
            <TextObject value={part} />
          </div>
        ),
      )}
      {records(card.actions).length > 0 && (
        <div class="actions">
          {records(card.actions).map((element) => (
            <LooseElement key={String(element.action_id)} element={element} block={card} />
          ))}
        </div>
      )}
    </div>
  );
}

export function Carousel({ block }: { readonly block: Json }): JSX.Element {
  return (
    <div class="carousel">
      {records(block.elements).map((card, index) => (
        <Card key={text(card.block_id) ?? index} card={card} />
      ))}
    </div>
  );
}
