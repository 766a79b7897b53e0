import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { MainView } from './chat/main-view.tsx';
import { Sidebar } from './chat/sidebar.tsx';
import { Thread } from './chat/thread.tsx';
import { Toasts } from './chat/toasts.tsx';
import { TopBar } from './chat/top-bar.tsx';
import { ConfirmHost } from './elements/confirm.tsx';
import { Panel } from './panel/panel.tsx';
import { useModel } from './state/context.ts';
import { unreadIn } from './state/model.ts';
import { Modals } from './views/modal.tsx';

/** The whole page. */
export function App(): JSX.Element {
  const thread = useModel((model) => model.thread);
  const panel = useModel((model) => model.panel);
  const isReady = useModel((model) => model.me !== '');
  useTitle();
  return (
    <div class="app">
      <a class="skip" href="#main">
        Skip to the messages
      </a>
      <TopBar />
      <LinkLine />
      {isReady && (
        <div class="columns">
          <Sidebar />
          <MainView />
          {thread && <Thread thread={thread} />}
          {panel && <Panel panel={panel} />}
        </div>
      )}
      <Modals />
      <ConfirmHost />
      <Toasts />
    </div>
  );
}

/** Says when the demo is gone. */
function LinkLine(): JSX.Element | null {
  const link = useModel((model) => model.link);
  if (link === 'open') return null;
  return (
    <div class="link-line" role="status">
      {link === 'opening' ? 'Connecting…' : 'The demo has stopped. This page goes on as soon as it is back.'}
    </div>
  );
}

/** How much is unread, in the tab of the browser. */
function useTitle(): void {
  const unread = useModel((model) =>
    Object.keys(model.messages).reduce((sum, channel) => sum + unreadIn(model, channel), 0),
  );
  const workspace = useModel((model) => model.about.workspace);
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${workspace}` : workspace;
  }, [unread, workspace]);
}
