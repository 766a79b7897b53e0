import type { Access } from './access.ts';
import type { Catalogue } from './backups/catalogue.ts';
import type { Clock, Clouds, Ids, Log } from './ports.ts';
import type { Projects } from './projects.ts';
import type { SharingList } from './sharing/sharing-list.ts';
import type { Store } from './stores.ts';
import type { Timing } from './timing.ts';

/** What every use case works with; composed in app.ts. */
export interface Core {
  readonly store: Store;
  readonly clouds: Clouds;
  readonly projects: Projects;
  readonly access: Access;
  readonly catalogue: Catalogue;
  readonly sharingList: SharingList;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timing: Timing;
  readonly log: Log;
}
