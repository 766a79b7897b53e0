/** One page of the API reference, with the calls it documents and the status of their success. */
export interface DocumentedOperation {
  readonly title: string;
  readonly calls: readonly string[];
}

const sharing = '/v2/{project_id}/os-vendor-backup-sharing';
const tracked = '/v2/{project_id}/cloudbackups';
const policies = '/v2/{project_id}/backuppolicy';
const resources = '/v2/{project_id}/backuppolicyresources';

function native(version: 'v2' | 'v3'): DocumentedOperation[] {
  const path = `/${version}/{project_id}/backups`;
  return [
    { title: `Creating a VBS Backup (Native OpenStack ${version})`, calls: [`POST ${path} 202`] },
    { title: `Deleting a VBS Backup (Native OpenStack ${version})`, calls: [`DELETE ${path}/{backup_id} 202`] },
    { title: `Querying Summary Information About VBS Backups (Native ${version})`, calls: [`GET ${path} 200`] },
    { title: `Querying Details About VBS Backups (Native ${version})`, calls: [`GET ${path}/detail 200`] },
    { title: `Querying Details About a VBS Backup (Native ${version})`, calls: [`GET ${path}/{backup_id} 200`] },
    {
      title: `Restoring a Disk Using a VBS Backup (Native ${version})`,
      calls: [`POST ${path}/{backup_id}/restore 202`],
    },
  ];
}

/** The API reference, page by page. */
export const reference: readonly DocumentedOperation[] = [
  { title: 'Creating a VBS Backup', calls: [`POST ${tracked} 200`] },
  { title: 'Deleting a VBS Backup (Deprecated)', calls: [`POST ${tracked}/{backup_id} 200`] },
  { title: 'Restoring a Disk Using a VBS Backup', calls: [`POST ${tracked}/{backup_id}/restore 200`] },
  { title: 'Querying Quotas', calls: [`GET ${tracked}/quota 200`] },
  ...native('v2'),
  ...native('v3'),
  { title: 'Querying the Job Status', calls: ['GET /v1/{project_id}/jobs/{job_id} 200'] },

  { title: 'Sharing a Backup', calls: [`POST ${sharing} 200`] },
  {
    title: 'Canceling Sharing of a Backup',
    calls: [`DELETE ${sharing}/{sharing_id} 200`, `DELETE ${sharing}/{backup_id} 200`],
  },
  { title: 'Querying Backup Sharings', calls: [`GET ${sharing}/detail 200`] },
  { title: 'Counting Backup Sharings', calls: [`GET ${sharing}/count 200`] },
  { title: 'Querying Details About a Backup Sharing', calls: [`GET ${sharing}/{sharing_id} 200`] },

  { title: 'Creating a Backup Policy', calls: [`POST ${policies} 200`] },
  { title: 'Querying Backup Policies', calls: [`GET ${policies} 200`] },
  { title: 'Modifying a Backup Policy', calls: [`PUT ${policies}/{policy_id} 200`] },
  { title: 'Enabling or Disabling a Backup Policy', calls: [`PUT ${policies}/{policy_id} 200`] },
  { title: 'Deleting a Backup Policy', calls: [`DELETE ${policies}/{policy_id} 204`] },
  { title: 'Associating Resources with a Backup Policy', calls: [`POST ${resources} 200`] },
  {
    title: 'Disassociating Resources from a Backup Policy',
    calls: [`POST ${resources}/{policy_id}/deleted_resources 200`],
  },
  { title: 'Executing a Backup Policy at Once', calls: [`POST ${policies}/{policy_id}/action 204`] },
  {
    title: 'Querying Backup Jobs Triggered by a Backup Policy',
    calls: [`GET ${policies}/{policy_id}/backuptasks 200`],
  },
  { title: 'Adding a Tag to a Backup Policy', calls: [`POST ${policies}/{policy_id}/tags 204`] },
  { title: 'Removing a Tag from a Backup Policy', calls: [`DELETE ${policies}/{policy_id}/tags/{key} 204`] },
  { title: 'Querying Tags of a Backup Policy', calls: [`GET ${policies}/{policy_id}/tags 200`] },
  { title: 'Querying All Backup Policy Tags', calls: [`GET ${policies}/tags 200`] },
  {
    title: 'Batch Updating or Removing Tags of a Backup Policy',
    calls: [`POST ${policies}/{policy_id}/tags/action 204`],
  },
  { title: 'Querying Backup Policies by Tag', calls: [`POST ${policies}/resource_instances/action 200`] },
];
