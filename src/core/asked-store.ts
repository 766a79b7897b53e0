import type { Change } from './changes/change.ts';
import type { Page, PageOf } from './page.ts';
import type { ShareRequest } from './sharing/share-request.ts';

/** What somebody asked for. */
export type Asked =
  | { readonly kind: 'share'; readonly request: ShareRequest }
  | { readonly kind: 'change'; readonly change: Change };

export interface AskedFilter {
  readonly requester?: string;
  readonly projects?: readonly string[];
  /** Only what waits to be decided on, leaving out what this person asked for or has voted on. */
  readonly awaiting?: string;
}

export interface AskedStore {
  /** Share requests and changes together, newest first. */
  list(filter: AskedFilter, page: PageOf): Promise<Page<Asked>>;
}
