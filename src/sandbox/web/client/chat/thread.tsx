import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useModel, useSession } from '../state/context.ts';
import type { Thread as ThreadPlace } from '../state/model.ts';
import { MessageLine } from './message.tsx';

/** A message with the replies below it. Commands do not work in threads, so there is nothing to type into. */
export function Thread({ thread }: { readonly thread: ThreadPlace }): JSX.Element {
  const session = useSession();
  const messages = useModel((model) => model.messages[thread.channel]) ?? [];
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), [thread.ts]);
  const parent = messages.find((message) => message.ts === thread.ts);
  const replies = messages.filter((message) => message.threadTs === thread.ts && message.ts !== thread.ts);
  const shut = (): void => {
    session.closeThread();
    document.getElementById(`m-${thread.ts}`)?.focus();
  };
  return (
    <aside class="side thread" aria-label="Thread" onKeyDown={(event) => event.key === 'Escape' && shut()}>
      <header class="side-head">
        <h2>Thread</h2>
        <button ref={close} type="button" class="icon-button" aria-label="Close the thread" onClick={shut}>
          ✕
        </button>
      </header>
      <div class="side-body">
        {parent && <MessageLine message={parent} channel={thread.channel} isInThread />}
        <div class="day-line">
          {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
        </div>
        {replies.map((message) => (
          <MessageLine key={message.ts} message={message} channel={thread.channel} isInThread />
        ))}
      </div>
    </aside>
  );
}
