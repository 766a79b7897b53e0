import type { Backup } from '../../../src/core/backups/backup.ts';
import { CloudError, type Failure } from '../../../src/core/failure.ts';
import type { BackupService, SharingFilter } from '../../../src/core/ports.ts';
import type { Sharing } from '../../../src/core/sharing/sharing.ts';

/** A cloud in memory that can be read, counts how often, and fails when told to. */
export class SmallCloud implements BackupService {
  held: Backup[] = [];
  shared: Sharing[] = [];
  projectId: string;
  failing: { sharings?: Failure | 'hangs'; backups?: Failure } = {};
  readonly listings = { backups: 0, sharings: 0 };

  constructor(projectId: string) {
    this.projectId = projectId;
  }

  async *backups(): AsyncGenerator<Backup> {
    this.listings.backups += 1;
    if (this.failing.backups) throw failed(this.failing.backups);
    yield* this.held;
  }

  async backup(id: string): Promise<Backup> {
    const found = this.held.find((backup) => backup.id === id);
    if (!found) throw failed({ kind: 'not_found' });
    return found;
  }

  async *sharings({ direction, backupId }: SharingFilter): AsyncGenerator<Sharing> {
    this.listings.sharings += 1;
    if (this.failing.sharings === 'hangs') await new Promise<never>(() => {});
    else if (this.failing.sharings) throw failed(this.failing.sharings);
    for (const sharing of this.shared) {
      const side = direction === 'out' ? sharing.fromProjectId : sharing.toProjectId;
      if (side === this.projectId && (backupId === undefined || sharing.backupId === backupId)) yield sharing;
    }
  }

  async countSharings({ direction }: SharingFilter): Promise<number> {
    if (this.failing.sharings === 'hangs') await new Promise<never>(() => {});
    else if (this.failing.sharings) throw failed(this.failing.sharings);
    return this.shared.filter(
      (sharing) => (direction === 'out' ? sharing.fromProjectId : sharing.toProjectId) === this.projectId,
    ).length;
  }

  async sharing(id: string): Promise<Sharing> {
    const found = this.shared.find((sharing) => sharing.id === id);
    if (!found) throw failed({ kind: 'not_found' });
    return found;
  }

  share = unasked;
  stopSharing = unasked;
  stopSharingsOf = unasked;
  createBackup = unasked;
  restoreBackup = unasked;
  deleteBackup = unasked;
  quota = unasked;
  policies = unasked;
  createPolicy = unasked;
  modifyPolicy = unasked;
  switchPolicy = unasked;
  deletePolicy = unasked;
  addDisks = unasked;
  removeDisks = unasked;
  executePolicy = unasked;
  tagsOf = unasked;
  allTags = unasked;
  countByTag = unasked;
  addTag = unasked;
  removeTag = unasked;
  changeTags = unasked;
  job = unasked;
  whyFailed = unasked;
  backupNames = unlisted;
  tasks = unlisted;
  policiesByTag = unlisted;
}

function failed(failure: Failure): CloudError {
  return new CloudError('the small cloud was told to fail', { failure, effect: 'none' });
}

async function unasked(): Promise<never> {
  throw new Error('a list asks for nothing but backups and sharings');
}

function unlisted(): never {
  throw new Error('a list asks for nothing but backups and sharings');
}
