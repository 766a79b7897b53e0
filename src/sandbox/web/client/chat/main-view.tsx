import type { JSX } from 'preact';
import { useModel, useSession } from '../state/context.ts';
import { channelOnScreen } from '../state/model.ts';
import { Home } from '../views/home.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

/** What one looks at: a channel, or the app with its two tabs. */
export function MainView(): JSX.Element {
  const where = useModel((model) => model.where);
  const channel = useModel(channelOnScreen);
  const app = useModel((model) => model.about.app);
  const name = useModel((model) => model.channels).find((one) => one.id === channel)?.name;
  const isApp = channel.startsWith('@');
  const place = isApp ? `your messages with ${app}` : `#${name ?? ''}`;
  return (
    <main class="main" id="main">
      <header class="main-head">
        <h2>{isApp ? app : place}</h2>
        {isApp ? <AppTabs /> : <Members channel={channel} />}
      </header>
      {where.kind === 'home' ? (
        <Home />
      ) : (
        <>
          <MessageList key={channel} channel={channel} />
          <Composer channel={channel} place={place} />
        </>
      )}
    </main>
  );
}

function AppTabs(): JSX.Element {
  const session = useSession();
  const isHome = useModel((model) => model.where.kind === 'home');
  const me = useModel((model) => model.me);
  return (
    <div class="tabs" role="group" aria-label="The app’s tabs">
      <button type="button" class="tab" aria-pressed={isHome} onClick={() => void session.openHome()}>
        Home
      </button>
      <button
        type="button"
        class="tab"
        aria-pressed={!isHome}
        onClick={() => session.open({ kind: 'channel', id: `@${me}` })}
      >
        Messages
      </button>
    </div>
  );
}

function Members({ channel }: { readonly channel: string }): JSX.Element {
  const count = useModel((model) => model.channels).find((one) => one.id === channel)?.members.length ?? 0;
  return <span class="faint">{count} people</span>;
}
