import { drawHome } from './context.ts';
import type { Environment } from './environment.ts';

/** Draws the home tab when a person opens it. Bolt has acknowledged the event already. */
export function homeListener(env: Environment): (arrival: { event: { user: string; tab?: string } }) => Promise<void> {
  return async ({ event }) => {
    if (event.tab === 'home') env.work.follow(() => drawHome(env, event.user));
  };
}
