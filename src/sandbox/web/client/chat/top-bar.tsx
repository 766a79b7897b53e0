import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Menu } from '../elements/menu.tsx';
import { useModel, useSession } from '../state/context.ts';
import { formatDate } from '../text/dates.ts';
import { Avatar } from './avatar.tsx';

/** The workspace, its clock, whom one plays, and what lies behind. */
export function TopBar(): JSX.Element {
  const session = useSession();
  const workspace = useModel((model) => model.about.workspace);
  const panel = useModel((model) => model.panel);
  const isMenuOpen = useModel((model) => model.isMenuOpen);
  const trouble = useModel(({ troubles }) => [troubles.cloud, troubles.slack].filter(Boolean).length > 0);
  return (
    <header class="top-bar">
      <button
        type="button"
        class="button button-icon menu-button"
        aria-label="Channels"
        aria-expanded={isMenuOpen}
        aria-controls="sidebar"
        onClick={() => session.toggleMenu()}
      >
        ☰
      </button>
      <span class="workspace">
        <span class="workspace-tile" aria-hidden="true">
          {workspace.slice(0, 1)}
        </span>
        <h1>{workspace}</h1>
        <AppState />
      </span>
      <Clock />
      <People />
      <button
        type="button"
        class="button panel-button"
        aria-pressed={panel !== undefined}
        onClick={() => session.showPanel(panel === undefined ? 'cloud' : undefined)}
      >
        <span aria-hidden="true">☁ </span>
        <span class="wide">Behind the scenes</span>
        <span class="narrow">Cloud</span>
        {trouble && <span class="dot" role="img" aria-label="trouble is on" title="Trouble is on" />}
      </button>
    </header>
  );
}

/** Whether the app is connected. */
function AppState(): JSX.Element {
  const isConnected = useModel((model) => model.isAppConnected && model.link === 'open');
  const app = useModel((model) => model.about.app);
  const words = isConnected ? `${app} is connected` : `${app} is not connected`;
  return <span class={isConnected ? 'lamp lamp-on' : 'lamp'} role="img" aria-label={words} title={words} />;
}

/** The sandbox's own time, which one can move. */
function Clock(): JSX.Element {
  const session = useSession();
  useModel((model) => model.ahead);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const now = session.now();
  return (
    <time class="clock" dateTime={now.toISOString()} title="The time in the sandbox">
      {formatDate(now, '{day_divider_pretty}, {time}', { now: new Date() })}
    </time>
  );
}

/** Switches between the people of the workspace. */
function People(): JSX.Element {
  const session = useSession();
  const people = useModel((model) => model.people);
  const stirred = useModel((model) => model.stirred);
  const me = useModel((model) => model.me);
  const name = people.find((person) => person.id === me)?.name ?? '…';
  const [first, ...others] = name.split(' ');
  const items = people.map((person) => ({
    value: person.id,
    text: person.name,
    description: person.role,
    isCurrent: person.id === me,
    mark: (
      <span class="option-avatar">
        <Avatar user={person.id} isSmall />
        {stirred[person.id] && <span class="dot" role="img" aria-label="something new" />}
      </span>
    ),
  }));
  const someoneStirred = people.some((person) => stirred[person.id] && person.id !== me);
  return (
    <Menu label={`Acting as ${name}`} class="button people" items={items} onChoose={(id) => session.actAs(id)}>
      <span class="wide faint">Acting as</span> <Avatar user={me} isSmall />
      <span class="people-name">
        {first}
        <span class="wide"> {others.join(' ')}</span>
      </span>
      {someoneStirred && <span class="dot" role="img" aria-label="someone has something new" />}
    </Menu>
  );
}
