import type { JSX } from 'preact';
import { InlineText } from './inline-view.tsx';
import { type ListItem, type MarkdownBlock, parseMarkdown } from './markdown.ts';

/** A text in Markdown. */
export function Markdown({ text }: { readonly text: string }): JSX.Element {
  return (
    <div class="markdown">
      <MarkdownBlocks blocks={parseMarkdown(text)} />
    </div>
  );
}

function MarkdownBlocks({ blocks }: { readonly blocks: readonly MarkdownBlock[] }): JSX.Element {
  return (
    <>
      {blocks.map((block, index) => (
        <MarkdownPart key={index} block={block} />
      ))}
    </>
  );
}

function MarkdownPart({ block }: { readonly block: MarkdownBlock }): JSX.Element {
  switch (block.kind) {
    case 'heading':
      return (
        <p
          class={`markdown-heading markdown-heading-${block.level}`}
          role="heading"
          aria-level={Math.min(block.level + 2, 6)}
        >
          <InlineText nodes={block.children} />
        </p>
      );
    case 'paragraph':
      return (
        <p>
          <InlineText nodes={block.children} />
        </p>
      );
    case 'quote':
      return (
        <blockquote>
          <MarkdownBlocks blocks={block.blocks} />
        </blockquote>
      );
    case 'code':
      return <pre>{block.text}</pre>;
    case 'rule':
      return <hr />;
    case 'list': {
      const items = block.items.map((item, index) => <MarkdownItem key={index} item={item} />);
      return block.isOrdered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return <MarkdownTable table={block} />;
  }
}

function MarkdownItem({ item }: { readonly item: ListItem }): JSX.Element {
  return (
    <li class={item.isDone === undefined ? undefined : 'markdown-task'}>
      {item.isDone !== undefined && (
        <span role="img" aria-label={item.isDone ? 'done' : 'not done'}>
          {item.isDone ? '☑' : '☐'}
        </span>
      )}
      <MarkdownBlocks blocks={item.blocks} />
    </li>
  );
}

function MarkdownTable({ table }: { readonly table: MarkdownBlock & { kind: 'table' } }): JSX.Element {
  return (
    <div class="table-frame">
      <table>
        <thead>
          <tr>
            {table.header.map((cell, column) => (
              <th key={column} scope="col" style={{ textAlign: cell.align }}>
                <InlineText nodes={cell.children} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} style={{ textAlign: cell.align }}>
                  <InlineText nodes={cell.children} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
