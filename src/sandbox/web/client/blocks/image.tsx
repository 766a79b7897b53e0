import type { JSX } from 'preact';
import { type Json, record, text } from '../json.ts';
import { plainText } from '../text/text-object.tsx';

interface ImageProps {
  readonly image: Json;
  readonly title: unknown;
  readonly isSmall?: boolean;
}

/** A picture of this workspace; one that lies elsewhere is described instead, since the page asks no other host. */
export function Image({ image, title, isSmall = false }: ImageProps): JSX.Element {
  const alt = text(image.alt_text) ?? '';
  const url = text(image.image_url) ?? text(record(image.slack_file).url) ?? fileUrl(image);
  const isHere = url.startsWith('/') || url.startsWith('data:') || url.startsWith(`${location.origin}/`);
  if (isSmall) {
    return isHere ? <img class="image-small" src={url} alt={alt} /> : <span class="image-away">{alt}</span>;
  }
  return (
    <figure class="image">
      {title !== undefined && <figcaption>{plainText(title)}</figcaption>}
      {isHere ? (
        <img src={url} alt={alt} />
      ) : (
        <p class="image-away">
          {alt} <small>(a picture at {hostOf(url)}, not loaded here)</small>
        </p>
      )}
    </figure>
  );
}

function fileUrl(image: Json): string {
  const id = text(record(image.slack_file).id);
  return id === undefined ? '' : `/files/${id}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no address';
}
