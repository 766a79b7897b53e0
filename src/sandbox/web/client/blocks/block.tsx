import type { JSX } from 'preact';
import { Component } from 'preact';
import { isRecord, type Json, records, text } from '../json.ts';
import { Markdown } from '../text/markdown-view.tsx';
import { plainText } from '../text/text-object.tsx';
import { Actions } from './actions.tsx';
import { Alert } from './alert.tsx';
import { Card, Carousel } from './card.tsx';
import { Context } from './context.tsx';
import { Header } from './header.tsx';
import { Image } from './image.tsx';
import { InputBlock } from './input.tsx';
import { Plan, TaskCard } from './plan.tsx';
import { RichText } from './rich-text.tsx';
import { Section } from './section.tsx';
import { DataTable, Table } from './table.tsx';
import { UnknownBlock } from './unknown.tsx';

/** The blocks of a message, a modal or a home tab. */
export function Blocks({ blocks }: { readonly blocks: readonly Json[] }): JSX.Element {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <Guarded key={text(block.block_id) ?? index} block={block} />
      ))}
    </div>
  );
}

/** A block that cannot be drawn, whatever is wrong with it, shows its type and leaves the others alone. */
class Guarded extends Component<{ readonly block: Json }, { readonly failed: Json | undefined }> {
  override state = { failed: undefined };

  override componentDidCatch(): void {
    this.setState({ failed: this.props.block });
  }

  override render({ block }: { readonly block: Json }): JSX.Element {
    return this.state.failed === block ? <UnknownBlock block={block} /> : <Block block={block} />;
  }
}

function Block({ block }: { readonly block: Json }): JSX.Element {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'actions':
    case 'context_actions':
      return <Actions block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'divider':
      return <hr class="divider" />;
    case 'header':
      return <Header block={block} />;
    case 'image':
      return <Image image={block} title={block.title} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'plan':
      return <Plan block={block} />;
    case 'task_card':
      return <TaskCard task={block} />;
    case 'alert':
      return <Alert block={block} />;
    case 'markdown':
      return <Markdown text={text(block.text) ?? ''} />;
    case 'card':
      return <Card card={block} />;
    case 'carousel':
      return <Carousel block={block} />;
    case 'container':
      return <Container block={block} />;
    default:
      return <UnknownBlock block={block} />;
  }
}

/** Blocks under a title, which may be folded away. */
function Container({ block }: { readonly block: Json }): JSX.Element {
  const title = isRecord(block.rich_text_title) ? <RichText block={block.rich_text_title} /> : plainText(block.title);
  const blocks = <Blocks blocks={records(block.child_blocks)} />;
  if (block.is_collapsible !== true) {
    return (
      <div class="card">
        <strong>{title}</strong>
        {blocks}
      </div>
    );
  }
  return (
    <details class="card" open={block.default_collapsed !== true}>
      <summary>{title}</summary>
      {blocks}
    </details>
  );
}
