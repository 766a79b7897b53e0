import { type Json, number, record, records, text } from '../json.ts';
import { type Inline, safeUrl } from './inline.ts';

const STYLES = [
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['strike', 'strike'],
  ['underline', 'underline'],
] as const;

/** The leaves of a rich text section. One whose type is not known is shown by its type. */
export function richInline(elements: unknown): Inline[] {
  return records(elements).flatMap((element) => styled(leaf(element), record(element.style)));
}

function leaf(element: Json): Inline[] {
  const { type } = element;
  switch (type) {
    case 'text':
      return lines(text(element.text) ?? '', record(element.style).code === true);
    case 'link': {
      const url = safeUrl(text(element.url) ?? '');
      const words: Inline[] = [{ kind: 'text', text: text(element.text) ?? text(element.url) ?? '' }];
      return url === undefined ? words : [{ kind: 'link', url, children: words }];
    }
    case 'user':
      return [{ kind: 'user', id: String(element.user_id) }];
    case 'usergroup':
      return [{ kind: 'group', id: String(element.usergroup_id) }];
    case 'channel':
      return [{ kind: 'channel', id: String(element.channel_id) }];
    case 'broadcast':
      return [{ kind: 'broadcast', range: String(element.range) }];
    case 'emoji':
      return [{ kind: 'emoji', name: String(element.name) }];
    case 'color':
      return [{ kind: 'color', value: String(element.value) }];
    case 'date':
      return [date(element)];
    default:
      return [{ kind: 'code', text: String(type) }];
  }
}

function date(element: Json): Inline {
  const url = safeUrl(text(element.url) ?? '');
  return {
    kind: 'date',
    seconds: number(element.timestamp) ?? 0,
    format: text(element.format) ?? '',
    fallback: text(element.fallback) ?? '',
    ...(url !== undefined && { url }),
  };
}

function lines(source: string, isCode: boolean): Inline[] {
  if (isCode) return [{ kind: 'code', text: source }];
  return source
    .split('\n')
    .flatMap((line, index): Inline[] => [
      ...(index === 0 ? [] : [{ kind: 'break' } as const]),
      ...(line === '' ? [] : [{ kind: 'text', text: line } as const]),
    ]);
}

function styled(nodes: Inline[], style: Json): Inline[] {
  return STYLES.reduce<Inline[]>(
    (children, [name, kind]) => (style[name] === true ? [{ kind, children }] : children),
    nodes,
  );
}
