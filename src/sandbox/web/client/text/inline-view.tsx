import type { ComponentChildren, JSX } from 'preact';
import { useModel, useSession } from '../state/context.ts';
import { formatDate } from './dates.ts';
import { emojiOf } from './emoji.ts';
import type { DateInline, Inline } from './inline.ts';

/** A line of text as a person reads it. */
export function InlineText({ nodes }: { readonly nodes: readonly Inline[] }): JSX.Element {
  return (
    <>
      {nodes.map((node, index) => (
        <InlineNode key={index} node={node} />
      ))}
    </>
  );
}

function InlineNode({ node }: { readonly node: Inline }): JSX.Element {
  switch (node.kind) {
    case 'text':
      return <>{node.text}</>;
    case 'break':
      return <br />;
    case 'bold':
      return <strong>{inside(node.children)}</strong>;
    case 'italic':
      return <em>{inside(node.children)}</em>;
    case 'strike':
      return <s>{inside(node.children)}</s>;
    case 'underline':
      return <u>{inside(node.children)}</u>;
    case 'code':
      return <code>{node.text}</code>;
    case 'link':
      return <Link url={node.url}>{inside(node.children)}</Link>;
    case 'user':
      return <UserMention id={node.id} label={node.label} />;
    case 'group':
      return <GroupMention id={node.id} label={node.label} />;
    case 'channel':
      return <ChannelMention id={node.id} label={node.label} />;
    case 'broadcast':
      return <span class="mention mention-me">@{node.range}</span>;
    case 'emoji':
      return <Emoji name={node.name} />;
    case 'color':
      return (
        <code>
          <span class="swatch" style={{ background: node.value }} /> {node.value}
        </code>
      );
    case 'date':
      return <DateText node={node} />;
  }
}

function inside(children: readonly Inline[]): JSX.Element {
  return <InlineText nodes={children} />;
}

/** A link; one to a message of this workspace leads there without leaving the page. */
export function Link({ url, children }: { readonly url: string; readonly children: ComponentChildren }): JSX.Element {
  const session = useSession();
  const follow = (event: MouseEvent): void => {
    if (session.follow(url)) event.preventDefault();
  };
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" onClick={follow}>
      {children}
    </a>
  );
}

function Emoji({ name }: { readonly name: string }): JSX.Element {
  const character = emojiOf(name);
  if (character === undefined) return <>:{name}:</>;
  return (
    <span role="img" aria-label={name.replaceAll('_', ' ')}>
      {character}
    </span>
  );
}

interface MentionProps {
  readonly id: string;
  readonly label: string | undefined;
}

function UserMention({ id, label }: MentionProps): JSX.Element {
  const me = useModel((model) => model.me);
  return <span class={id === me ? 'mention mention-me' : 'mention'}>@{useUserName(id) ?? label ?? id}</span>;
}

function GroupMention({ id, label }: MentionProps): JSX.Element {
  const me = useModel((model) => model.me);
  const group = useModel((model) => model.about.groups).find((one) => one.id === id);
  const isMine = group?.users.includes(me) ?? false;
  const handle = group?.handle ?? label?.replace(/^@/, '') ?? id;
  return <span class={isMine ? 'mention mention-me' : 'mention'}>@{handle}</span>;
}

function ChannelMention({ id, label }: MentionProps): JSX.Element {
  const session = useSession();
  const channel = useModel((model) => model.channels).find((one) => one.id === id);
  if (!channel) return <span class="mention">#{label ?? id}</span>;
  return (
    <button type="button" class="mention mention-link" onClick={() => session.open({ kind: 'channel', id })}>
      #{channel.name}
    </button>
  );
}

function DateText({ node }: { readonly node: DateInline }): JSX.Element {
  const session = useSession();
  useModel((model) => model.ahead);
  const date = new Date(node.seconds * 1000);
  const words = formatDate(date, node.format, { now: session.now() });
  const time = (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {words}
    </time>
  );
  return node.url === undefined ? time : <Link url={node.url}>{time}</Link>;
}

/** The name of a person, or of the app; undefined for an id that no one has. */
export function useUserName(id: string): string | undefined {
  const people = useModel((model) => model.people);
  const app = useModel((model) => (model.appUser === id ? model.about.app : undefined));
  if (id === 'USLACKBOT') return 'Slackbot';
  return app ?? people.find((person) => person.id === id)?.name;
}
