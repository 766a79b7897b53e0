import { NotFound } from '../core/errors.ts';
import type { BackupService, Clouds } from '../core/ports.ts';
import { createLogins } from '../vbs/auth/logins.ts';
import { createVbsClient, type VbsClient } from '../vbs/client.ts';
import type { VbsClientOptions } from '../vbs/options.ts';
import { vbsBackupService } from './vbs-backup-service.ts';
import type { BackupCalls } from './vbs-backups.ts';

export interface VbsClouds extends Clouds {
  /** Logs into the project, and makes a small read of its policies and of its native backups. Throws a VbsError. */
  checkCredentials(alias: string): Promise<void>;
  close(): Promise<void>;
}

/** How a project is reached, and by which of the API's calls. */
export type VbsCloudOptions = VbsClientOptions & Partial<BackupCalls>;

/** One client a project; it connects when it is first used. Keys are aliases. */
export function createVbsClouds(projects: ReadonlyMap<string, VbsCloudOptions>): VbsClouds {
  // One user may serve several projects.
  const logins = createLogins();
  const clients = new Map<string, { readonly client: VbsClient; readonly service: BackupService }>();
  for (const [alias, options] of projects) {
    const client = createVbsClient({ logins, ...options });
    clients.set(alias, { client, service: vbsBackupService(client, options) });
  }
  const get = (alias: string) => {
    const found = clients.get(alias);
    if (!found) throw new NotFound('project', alias, [...clients.keys()]);
    return found;
  };
  return {
    of: (alias) => get(alias).service,
    async checkCredentials(alias) {
      const { client } = get(alias);
      await client.checkCredentials();
      await client.policies.list();
      for await (const _ of client.backups.list({}, { pageSize: 1 })) break;
    },
    async close() {
      await Promise.all([...clients.values()].map(({ client }) => client.close()));
    },
  };
}
