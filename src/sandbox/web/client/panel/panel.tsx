import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { returnFocus } from '../elements/return-focus.ts';
import { useSession } from '../state/context.ts';
import { PANELS, type Panel as PanelName } from '../state/model.ts';
import { CloudPanel } from './cloud.tsx';
import { TrafficPanel } from './traffic.tsx';
import { TroublePanel } from './trouble.tsx';

const TITLES: Readonly<Record<PanelName, string>> = { cloud: 'Cloud', trouble: 'Trouble', traffic: 'Traffic' };

/** What no one in Slack sees: the cloud, what may befall it, and what is said between the three. */
export function Panel({ panel }: { readonly panel: PanelName }): JSX.Element {
  const session = useSession();
  const frame = useRef<HTMLElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const shown = frame.current;
    close.current?.focus();
    return () => {
      if (shown?.contains(document.activeElement)) returnFocus(opener);
    };
  }, []);
  return (
    <aside
      ref={frame}
      class="side panel"
      aria-label="Behind the scenes"
      onKeyDown={(event) => event.key === 'Escape' && session.showPanel(undefined)}
    >
      <header class="side-head">
        <h2>Behind the scenes</h2>
        <button
          ref={close}
          type="button"
          class="icon-button"
          aria-label="Close the panel"
          onClick={() => session.showPanel(undefined)}
        >
          ✕
        </button>
      </header>
      <div class="tabs panel-tabs" role="group" aria-label="Views">
        {PANELS.map((name) => (
          <button
            key={name}
            type="button"
            class="tab"
            aria-pressed={name === panel}
            onClick={() => session.showPanel(name)}
          >
            {TITLES[name]}
          </button>
        ))}
      </div>
      <div class="side-body" tabIndex={0} role="group" aria-label={TITLES[panel]}>
        {panel === 'cloud' && <CloudPanel />}
        {panel === 'trouble' && <TroublePanel />}
        {panel === 'traffic' && <TrafficPanel />}
      </div>
    </aside>
  );
}
