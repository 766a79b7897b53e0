import { render } from 'preact';
import { App } from './app.tsx';
import { SessionProvider } from './state/context.ts';
import { Session } from './state/session.ts';

const session = new Session();
const root = document.getElementById('root');
if (root) {
  render(
    <SessionProvider value={session}>
      <App />
    </SessionProvider>,
    root,
  );
  session.start();
}
