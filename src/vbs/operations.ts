export interface Operation {
  /** In words, as it stands in error messages before "of <project>". */
  readonly name: string;
  readonly service: 'iam' | 'vbs' | 'blockStorage';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{native}` is the version of the native API, `{project_id}` the client's project; the rest is given by the call. */
  readonly path: string;
  /** The documented status. Any other 2xx is taken as well, since gateways and versions differ in it. */
  readonly success: number;
  /** Whether a repetition could change something twice. Only a `read` is ever repeated. */
  readonly effect: 'read' | 'write';
}

/** Every operation that the client calls, and the only place that knows a method or a path. */
export const operations = {
  getToken: {
    name: 'get a token',
    service: 'iam',
    method: 'POST',
    path: '/v3/auth/tokens',
    success: 201,
    effect: 'read',
  },

  shareBackup: {
    name: 'share a backup',
    service: 'vbs',
    method: 'POST',
    path: '/v2/{project_id}/os-vendor-backup-sharing',
    success: 200,
    effect: 'write',
  },
  cancelSharing: {
    name: 'cancel a sharing',
    service: 'vbs',
    method: 'DELETE',
    path: '/v2/{project_id}/os-vendor-backup-sharing/{sharing_id}',
    success: 200,
    effect: 'write',
  },
  cancelSharingsOfBackup: {
    name: 'cancel all sharings of a backup',
    service: 'vbs',
    method: 'DELETE',
    path: '/v2/{project_id}/os-vendor-backup-sharing/{backup_id}',
    success: 200,
    effect: 'write',
  },
  listSharings: {
    name: 'list sharings',
    service: 'vbs',
    method: 'GET',
    path: '/v2/{project_id}/os-vendor-backup-sharing/detail',
    success: 200,
    effect: 'read',
  },
  countSharings: {
    name: 'count sharings',
    service: 'vbs',
    method: 'GET',
    path: '/v2/{project_id}/os-vendor-backup-sharing/count',
    success: 200,
    effect: 'read',
  },
  getSharing: {
    name: 'get a sharing',
    service: 'vbs',
    method: 'GET',
    path: '/v2/{project_id}/os-vendor-backup-sharing/{sharing_id}',
    success: 200,
    effect: 'read',
  },

  listBackups: {
    name: 'list backups',
    service: 'blockStorage',
    method: 'GET',
    path: '/{native}/{project_id}/backups/detail',
    success: 200,
    effect: 'read',
  },
  getBackup: {
    name: 'get a backup',
    service: 'blockStorage',
    method: 'GET',
    path: '/{native}/{project_id}/backups/{backup_id}',
    success: 200,
    effect: 'read',
  },

  getJob: {
    name: 'get a job',
    service: 'vbs',
    method: 'GET',
    path: '/v1/{project_id}/jobs/{job_id}',
    success: 200,
    effect: 'read',
  },

  listPolicies: {
    name: 'list policies',
    service: 'vbs',
    method: 'GET',
    path: '/v2/{project_id}/backuppolicy',
    success: 200,
    effect: 'read',
  },
  executePolicy: {
    name: 'execute a policy',
    service: 'vbs',
    method: 'POST',
    path: '/v2/{project_id}/backuppolicy/{policy_id}/action',
    success: 204,
    effect: 'write',
  },
  listPolicyTasks: {
    name: 'list tasks of a policy',
    service: 'vbs',
    method: 'GET',
    path: '/v2/{project_id}/backuppolicy/{policy_id}/backuptasks',
    success: 200,
    effect: 'read',
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;
