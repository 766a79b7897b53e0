import { Fragment, type JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useModel, useSession } from '../state/context.ts';
import { isReply, type Message } from '../state/model.ts';
import { formatDate } from '../text/dates.ts';
import { dateOf, MessageLine } from './message.tsx';

/** How near to its end a list counts as being read at the end. */
const AT_END_PX = 80;

/** The messages of a channel, oldest first; it stays at its end while one is there. */
export function MessageList({ channel }: { readonly channel: string }): JSX.Element {
  const messages = useModel((model) => model.messages[channel]);
  const newSince = useModel((model) => model.newSince);
  const box = useRef<HTMLDivElement>(null);
  const shown = (messages ?? []).filter((message) => !isReply(message));
  useKeptAtEnd(box, channel, shown);
  useShownMessage(shown);
  const firstNew = newSince === '' ? undefined : shown.find((message) => message.ts > newSince)?.ts;
  return (
    <div class="messages" ref={box} role="log" aria-label="Messages" tabIndex={0}>
      {messages !== undefined && shown.length === 0 && <Nothing channel={channel} />}
      {shown.map((message, index) => (
        <Fragment key={message.ts}>
          <DayLine message={message} before={shown[index - 1]} />
          {message.ts === firstNew && <div class="new-line">new</div>}
          <MessageLine message={message} channel={channel} isInThread={false} />
        </Fragment>
      ))}
    </div>
  );
}

function Nothing({ channel }: { readonly channel: string }): JSX.Element {
  const app = useModel((model) => model.about.app);
  return (
    <p class="nothing">
      {channel.startsWith('@') ? `${app} has not written to you yet.` : 'Nothing has been said here yet.'}
      <br />
      Type <kbd>/</kbd> below to see what {app} can do.
    </p>
  );
}

function DayLine({
  message,
  before,
}: {
  readonly message: Message;
  readonly before: Message | undefined;
}): JSX.Element | null {
  const session = useSession();
  useModel((model) => model.ahead > 0);
  const reader = { now: session.now() };
  const date = dateOf(message.ts);
  if (before !== undefined && dateOf(before.ts).toDateString() === date.toDateString()) return null;
  return (
    <div class="day-line">
      <span>{formatDate(date, '{day_divider_pretty}', reader)}</span>
    </div>
  );
}

function useKeptAtEnd(
  box: { readonly current: HTMLElement | null },
  channel: string,
  messages: readonly Message[],
): void {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const onScroll = (): void => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX;
    };
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    isAtEnd.current = true;
  }, [channel]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [channel, messages.length, messages.at(-1)]);
}

/** Brings the message that a link leads to into sight. */
function useShownMessage(messages: readonly Message[]): void {
  const ts = useModel((model) => model.pointedAt);
  const isThere = messages.some((message) => message.ts === ts);
  useEffect(() => {
    if (ts === undefined || !isThere) return;
    const article = document.getElementById(`m-${ts}`);
    article?.scrollIntoView({ block: 'center' });
    article?.focus({ preventScroll: true });
  }, [ts, isThere]);
}
