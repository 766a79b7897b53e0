import { z } from 'zod';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { eventPayload } from '../payloads.ts';
import { viewPayload } from '../views.ts';
import { Refusal } from './refusal.ts';
import { human } from './who.ts';

export const homeBody = z.strictObject({ user: z.string() });

/** How long a person would look at an old or empty home before giving up on a new one. */
const PUBLISH_WAIT_MS = 3000;

/** Opens the app's home tab; answers the view that the app then publishes, or what was there. */
export async function openHome(parts: Parts, body: z.infer<typeof homeBody>): Promise<Json | null> {
  const { id: user } = human(parts, body.user);
  if (!parts.manifest.homeTab) throw new Refusal('the manifest does not enable the home tab');
  if (parts.manifest.events.has('app_home_opened')) await announce(parts, user);
  const home = parts.views.home(user);
  return home ? viewPayload(home) : null;
}

async function announce(parts: Parts, user: string): Promise<void> {
  const home = parts.views.home(user);
  const channel = parts.channels.openDirect([user]);
  const event = {
    type: 'app_home_opened',
    user,
    channel: channel.id,
    tab: 'home',
    event_ts: parts.stamps.next(),
    ...(home && { view: viewPayload(home) }),
  };
  const published = nextPublish(parts, user);
  const outcome = await parts.courier.deliverEvent({ type: 'events_api', payload: eventPayload(event, parts.now()) });
  if (outcome.acked) await published.seen;
  published.stop();
}

function nextPublish(parts: Parts, user: string): { seen: Promise<void>; stop(): void } {
  let stop = () => {};
  const seen = new Promise<void>((resolve) => {
    const unsubscribe = parts.changes.listen((change) => {
      if (change.kind === 'home' && change.user === user) stop();
    });
    const timer = setTimeout(() => stop(), PUBLISH_WAIT_MS);
    stop = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
  });
  return { seen, stop: () => stop() };
}
