import { expect, test } from 'vitest';
import { operations } from '../../src/vbs/operations.ts';

test('the table holds these operations of the contract', () => {
  const rows = Object.values(operations).map(({ method, path, success }) => `${method} ${path} ${success}`);
  expect(rows).toEqual([
    'POST /v3/auth/tokens 201',
    'POST /v2/{project_id}/os-vendor-backup-sharing 200',
    'DELETE /v2/{project_id}/os-vendor-backup-sharing/{sharing_id} 200',
    'DELETE /v2/{project_id}/os-vendor-backup-sharing/{backup_id} 200',
    'GET /v2/{project_id}/os-vendor-backup-sharing/detail 200',
    'GET /v2/{project_id}/os-vendor-backup-sharing/count 200',
    'GET /v2/{project_id}/os-vendor-backup-sharing/{sharing_id} 200',
    'GET /{native}/{project_id}/backups/detail 200',
    'GET /{native}/{project_id}/backups/{backup_id} 200',
    'GET /v1/{project_id}/jobs/{job_id} 200',
    'GET /v2/{project_id}/backuppolicy 200',
    'POST /v2/{project_id}/backuppolicy/{policy_id}/action 204',
    'GET /v2/{project_id}/backuppolicy/{policy_id}/backuptasks 200',
  ]);
});

test('whatever is not a GET is a write, save asking for a token', () => {
  const writes = Object.entries(operations).filter(([, operation]) => operation.effect === 'write');
  const others = Object.entries(operations).filter(([, operation]) => operation.method !== 'GET');
  expect(others.map(([id]) => id).filter((id) => id !== 'getToken')).toEqual(writes.map(([id]) => id));
});
