/** What stands in a line of text, whichever syntax it was written in. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'underline'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'user' | 'channel' | 'group'; readonly id: string; readonly label?: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | { readonly kind: 'emoji'; readonly name: string }
  | { readonly kind: 'color'; readonly value: string }
  | DateInline;

export interface DateInline {
  readonly kind: 'date';
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly format: string;
  readonly url?: string;
  readonly fallback: string;
}

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'slack:']);

/** The address if a click on it does no harm: nothing that would run as a script. */
export function safeUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  return SCHEMES.has(new URL(url).protocol) ? url : undefined;
}
