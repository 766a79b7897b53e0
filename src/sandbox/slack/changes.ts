import type { Exchange } from './exchange.ts';

/** What has just become different; whoever shows the workspace reads it anew. */
export type Change =
  /** A channel has other messages than before; with `user`, only for that one person. */
  | { readonly kind: 'messages'; readonly channel: string; readonly user?: string }
  /** A person's stack of modals. */
  | { readonly kind: 'stack'; readonly user: string }
  | { readonly kind: 'home'; readonly user: string }
  /** An exchange with the app began or was answered; `number` counts from 0. */
  | { readonly kind: 'exchange'; readonly number: number; readonly exchange: Exchange };

/** Tells whoever listens of every change in the workspace, in the order in which they happen. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Calls back on each change, until the returned function is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
