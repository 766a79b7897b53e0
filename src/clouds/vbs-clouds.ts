import { NotFound } from '../core/errors.ts';
import type { BackupService, Clouds } from '../core/ports.ts';
import { createVbsClient, type VbsClient } from '../vbs/client.ts';
import type { VbsClientOptions } from '../vbs/options.ts';
import { vbsBackupService } from './vbs-backup-service.ts';
import type { BackupCalls } from './vbs-backups.ts';

export interface VbsClouds extends Clouds {
  /** Whether the cloud takes the project's credentials. Throws a VbsError, with the remedy. */
  checkCredentials(alias: string): Promise<void>;
  close(): Promise<void>;
}

/** How a project is reached, and by which of the API's calls. */
export type VbsCloudOptions = VbsClientOptions & Partial<BackupCalls>;

/** One client a project; it connects when it is first used. Keys are aliases. */
export function createVbsClouds(projects: ReadonlyMap<string, VbsCloudOptions>): VbsClouds {
  const clients = new Map<string, { readonly client: VbsClient; readonly service: BackupService }>();
  for (const [alias, options] of projects) {
    const client = createVbsClient(options);
    clients.set(alias, { client, service: vbsBackupService(client, options) });
  }
  const get = (alias: string) => {
    const found = clients.get(alias);
    if (!found) throw new NotFound('project', alias, [...clients.keys()]);
    return found;
  };
  return {
    of: (alias) => get(alias).service,
    checkCredentials: (alias) => get(alias).client.checkCredentials(),
    async close() {
      await Promise.all([...clients.values()].map(({ client }) => client.close()));
    },
  };
}
