import type { JSX } from 'preact';
import { InlineText } from './inline-view.tsx';
import { type MrkdwnBlock, parseMrkdwn } from './mrkdwn.ts';

const KEPT = 500;
const parsed = new Map<string, readonly MrkdwnBlock[]>();

/** A text in Slack's markup. */
export function Mrkdwn({ text, verbatim }: { readonly text: string; readonly verbatim: boolean }): JSX.Element {
  return (
    <>
      {parsedOnce(text, verbatim).map((block, index) => (
        <MrkdwnPart key={index} block={block} />
      ))}
    </>
  );
}

function MrkdwnPart({ block }: { readonly block: MrkdwnBlock }): JSX.Element {
  switch (block.kind) {
    case 'lines':
      return (
        <span class="lines">
          <InlineText nodes={block.children} />
        </span>
      );
    case 'quote':
      return (
        <blockquote>
          <InlineText nodes={block.children} />
        </blockquote>
      );
    case 'code':
      return <pre>{block.text}</pre>;
  }
}

/** The same texts are drawn again and again. */
function parsedOnce(text: string, verbatim: boolean): readonly MrkdwnBlock[] {
  const key = `${verbatim ? 'v' : '-'}${text}`;
  const known = parsed.get(key);
  if (known) return known;
  if (parsed.size >= KEPT) parsed.clear();
  const blocks = parseMrkdwn(text, { verbatim });
  parsed.set(key, blocks);
  return blocks;
}
