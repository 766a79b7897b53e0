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

type Row = readonly [
  name: string,
  service: Operation['service'],
  method: Operation['method'],
  path: string,
  success: number,
  effect?: Operation['effect'],
];

const project = '/v2/{project_id}';
const sharings = `${project}/os-vendor-backup-sharing`;
const tracked = `${project}/cloudbackups`;
const native = '/{native}/{project_id}/backups';
const policies = `${project}/backuppolicy`;
const policy = `${policies}/{policy_id}`;
const disks = `${project}/backuppolicyresources`;

/** Every operation of the API, and the only place that knows a method or a path. */
export const operations = {
  getToken: row(['get a token', 'iam', 'POST', '/v3/auth/tokens', 201, 'read']),

  shareBackup: row(['share a backup', 'vbs', 'POST', sharings, 200]),
  cancelSharing: row(['cancel a sharing', 'vbs', 'DELETE', `${sharings}/{sharing_id}`, 200]),
  cancelSharingsOfBackup: row(['cancel all sharings of a backup', 'vbs', 'DELETE', `${sharings}/{backup_id}`, 200]),
  listSharings: row(['list sharings', 'vbs', 'GET', `${sharings}/detail`, 200]),
  countSharings: row(['count sharings', 'vbs', 'GET', `${sharings}/count`, 200]),
  getSharing: row(['get a sharing', 'vbs', 'GET', `${sharings}/{sharing_id}`, 200]),

  createBackup: row(['create a backup', 'vbs', 'POST', tracked, 200]),
  restoreBackup: row(['restore a backup', 'vbs', 'POST', `${tracked}/{backup_id}/restore`, 200]),
  deleteBackup: row(['delete a backup', 'vbs', 'POST', `${tracked}/{backup_id}`, 200]),
  getQuota: row(['get the quota', 'vbs', 'GET', `${tracked}/quota`, 200]),

  createNativeBackup: row(['create a native backup', 'blockStorage', 'POST', native, 202]),
  listBackupSummaries: row(['list backups in short', 'blockStorage', 'GET', native, 200]),
  listBackups: row(['list backups', 'blockStorage', 'GET', `${native}/detail`, 200]),
  getBackup: row(['get a backup', 'blockStorage', 'GET', `${native}/{backup_id}`, 200]),
  deleteNativeBackup: row(['delete a native backup', 'blockStorage', 'DELETE', `${native}/{backup_id}`, 202]),
  restoreNativeBackup: row(['restore a native backup', 'blockStorage', 'POST', `${native}/{backup_id}/restore`, 202]),

  getJob: row(['get a job', 'vbs', 'GET', '/v1/{project_id}/jobs/{job_id}', 200]),

  createPolicy: row(['create a policy', 'vbs', 'POST', policies, 200]),
  listPolicies: row(['list policies', 'vbs', 'GET', policies, 200]),
  modifyPolicy: row(['modify a policy', 'vbs', 'PUT', policy, 200]),
  switchPolicy: row(['enable or disable a policy', 'vbs', 'PUT', policy, 200]),
  deletePolicy: row(['delete a policy', 'vbs', 'DELETE', policy, 204]),
  associateDisks: row(['associate disks with a policy', 'vbs', 'POST', disks, 200]),
  disassociateDisks: row([
    'disassociate disks from a policy',
    'vbs',
    'POST',
    `${disks}/{policy_id}/deleted_resources`,
    200,
  ]),
  executePolicy: row(['execute a policy', 'vbs', 'POST', `${policy}/action`, 204]),
  listPolicyTasks: row(['list tasks of a policy', 'vbs', 'GET', `${policy}/backuptasks`, 200]),

  addPolicyTag: row(['add a tag to a policy', 'vbs', 'POST', `${policy}/tags`, 204]),
  removePolicyTag: row(['remove a tag from a policy', 'vbs', 'DELETE', `${policy}/tags/{key}`, 204]),
  listTagsOfPolicy: row(['list the tags of a policy', 'vbs', 'GET', `${policy}/tags`, 200]),
  listPolicyTags: row(['list the tags of all policies', 'vbs', 'GET', `${policies}/tags`, 200]),
  changePolicyTags: row(['change tags of a policy', 'vbs', 'POST', `${policy}/tags/action`, 204]),
  queryPoliciesByTag: row([
    'query policies by tag',
    'vbs',
    'POST',
    `${policies}/resource_instances/action`,
    200,
    'read',
  ]),
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

/** A GET is a read and all else a write, unless the row says so. */
function row([name, service, method, path, success, effect = method === 'GET' ? 'read' : 'write']: Row): Operation {
  return { name, service, method, path, success, effect };
}
