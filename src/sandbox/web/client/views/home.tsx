import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Blocks } from '../blocks/block.tsx';
import { Place, PlaceProvider } from '../elements/place.ts';
import { useModel, useSession } from '../state/context.ts';

/** The app's home tab, as it is for this person. */
export function Home(): JSX.Element {
  const session = useSession();
  const me = useModel((model) => model.me);
  const view = useModel((model) => model.homes[model.me]);
  const place = useMemo(() => new Place(session, { home: true }), [session, me]);
  return (
    <div class="home" data-place tabIndex={-1}>
      {view ? (
        <PlaceProvider value={place}>
          <Blocks blocks={view.blocks} />
        </PlaceProvider>
      ) : (
        <p class="nothing">The home tab is being opened…</p>
      )}
    </div>
  );
}
