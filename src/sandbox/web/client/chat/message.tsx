import { Component, type JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Blocks } from '../blocks/block.tsx';
import { Place, PlaceProvider } from '../elements/place.ts';
import { records, text } from '../json.ts';
import { useModel, useSession } from '../state/context.ts';
import type { Message } from '../state/model.ts';
import { formatDate } from '../text/dates.ts';
import { useUserName } from '../text/inline-view.tsx';
import { Mrkdwn } from '../text/mrkdwn-view.tsx';
import { Avatar } from './avatar.tsx';
import { FileList } from './file-list.tsx';
import { MessageShortcuts } from './shortcuts.tsx';

interface MessageProps {
  readonly message: Message;
  readonly channel: string;
  /** Whether the message stands in its thread, where no count of replies is wanted. */
  readonly isInThread: boolean;
}

/** A message; drawn again only when it has changed, since its dates and names rarely do. */
export class MessageLine extends Component<MessageProps> {
  override shouldComponentUpdate(next: MessageProps): boolean {
    const { message, channel } = this.props;
    return next.message !== message || next.channel !== channel;
  }

  override render(props: MessageProps): JSX.Element {
    return <MessageArticle {...props} />;
  }
}

function MessageArticle({ message, channel, isInThread }: MessageProps): JSX.Element {
  const session = useSession();
  const me = useModel((model) => model.me);
  const isPointedAt = useModel((model) => model.pointedAt === message.ts);
  const name = useUserName(message.user) ?? message.user;
  const isApp = useModel((model) => model.appUser === message.user);
  const place = useMemo(() => new Place(session, { channel, ts: message.ts }), [session, me, channel, message.ts]);
  const kind = `${message.isEphemeral ? ' message-private' : ''}${isPointedAt ? ' message-pointed' : ''}`;
  return (
    <article
      class={`message${kind}`}
      id={`m-${message.ts}`}
      data-place
      data-ts={message.ts}
      tabIndex={-1}
      aria-label={`${name} says`}
    >
      <Avatar user={message.user} />
      <div class="message-main">
        {message.isEphemeral && <div class="private-note">Only you can see this</div>}
        <div class="message-head">
          <strong>{name}</strong>
          {isApp && <span class="badge">app</span>}
          <MessageTime ts={message.ts} />
          {message.isEdited && <span class="faint">(edited)</span>}
        </div>
        <PlaceProvider value={place}>
          <MessageBody message={message} />
        </PlaceProvider>
        <FileList files={message.files} />
        {!isInThread && message.replyCount > 0 && <Replies message={message} channel={channel} />}
      </div>
      <MessageShortcuts message={message} channel={channel} />
    </article>
  );
}

function MessageBody({ message }: { readonly message: Message }): JSX.Element {
  const { blocks, attachments } = message;
  return (
    <>
      {blocks.length > 0 && <Blocks blocks={blocks} />}
      {blocks.length === 0 && message.text !== '' && <Mrkdwn text={message.text} verbatim={false} />}
      {attachments.map((attachment, index) => (
        <div key={index} class="attachment">
          {records(attachment.blocks).length > 0 ? (
            <Blocks blocks={records(attachment.blocks)} />
          ) : (
            <Mrkdwn text={text(attachment.text) ?? text(attachment.fallback) ?? ''} verbatim={false} />
          )}
        </div>
      ))}
    </>
  );
}

function MessageTime({ ts }: { readonly ts: string }): JSX.Element {
  const session = useSession();
  const date = dateOf(ts);
  return (
    <time class="faint" dateTime={date.toISOString()} title={date.toLocaleString()}>
      {formatDate(date, '{time}', { now: session.now() })}
    </time>
  );
}

function Replies({ message, channel }: { readonly message: Message; readonly channel: string }): JSX.Element {
  const session = useSession();
  const latest = message.latestReply;
  return (
    <button type="button" class="replies" onClick={() => session.openThread(channel, message.ts)}>
      <strong>
        {message.replyCount} {message.replyCount === 1 ? 'reply' : 'replies'}
      </strong>
      {latest !== undefined && (
        <span class="faint">
          last {formatDate(dateOf(latest), '{date_short_pretty} at {time}', { now: session.now() })}
        </span>
      )}
    </button>
  );
}

/** The moment that a message's `ts` stands for. */
export function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}
