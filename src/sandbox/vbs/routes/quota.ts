import { VBS } from '../http/dialects.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import type { QuotaUse } from '../world/quota.ts';
import { quotaOf } from '../world/quota.ts';

/** What a project may have, and what it has. */
export const quotaRoutes: Route[] = [
  {
    name: 'quota.get',
    method: 'GET',
    path: '/v2/{project_id}/cloudbackups/quota',
    dialect: VBS,
    access: 'read',
    handle: get,
  },
];

function get(call: ProjectCall): Answer {
  const { backups, gigabytes } = quotaOf(call.world, call.project);
  return {
    status: 200,
    body: { quotas: { resources: [shown('backups', backups), shown('backup_gigabytes', gigabytes)] } },
  };
}

function shown(type: string, use: QuotaUse) {
  return { type, used: use.used, reserved: use.reserved, quota: use.limit };
}
