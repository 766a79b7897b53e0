import type { JSX } from 'preact';
import { Guide } from '../panel/guide.tsx';
import { useModel, useSession } from '../state/context.ts';
import { directOf, unreadIn } from '../state/model.ts';

/** Channels, the app, and what to try. */
export function Sidebar(): JSX.Element {
  const channels = useModel((model) => model.channels);
  const me = useModel((model) => model.me);
  const app = useModel((model) => model.about.app);
  const isOpen = useModel((model) => model.isMenuOpen);
  const mine = channels.filter((channel) => channel.members.includes(me));
  return (
    <nav class={isOpen ? 'sidebar sidebar-open' : 'sidebar'} aria-label="Channels" id="sidebar">
      <h2>Channels</h2>
      <ul>
        {mine.map((channel) => (
          <PlaceLine key={channel.id} channel={channel.id} name={channel.name} mark="#" />
        ))}
      </ul>
      <h2>Apps</h2>
      <ul>
        <PlaceLine channel={directOf(me)} name={app} mark="◆" />
      </ul>
      <Guide />
    </nav>
  );
}

interface PlaceLineProps {
  readonly channel: string;
  readonly name: string;
  readonly mark: string;
}

function PlaceLine({ channel, name, mark }: PlaceLineProps): JSX.Element {
  const session = useSession();
  const unread = useModel((model) => unreadIn(model, channel));
  const isHere = useModel(({ where }) => (where.kind === 'channel' ? where.id === channel : channel.startsWith('@')));
  return (
    <li>
      <button
        type="button"
        class={unread > 0 && !isHere ? 'place place-unread' : 'place'}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => session.open({ kind: 'channel', id: channel })}
      >
        <span class="place-mark" aria-hidden="true">
          {mark}
        </span>
        <span class="place-name">{name}</span>
        {unread > 0 && !isHere && (
          <span class="count">
            {unread}
            <span class="hidden"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}
