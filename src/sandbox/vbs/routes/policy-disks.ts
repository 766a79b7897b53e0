import { AUTO_BACKUP } from '../http/dialects.ts';
import { isUuid } from '../http/query.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import { associate, disassociate } from '../world/policy-keeping.ts';
import type { Disk, Policy } from '../world/types.ts';
import { ownDisk } from './backup-rules.ts';
import { policyOf } from './policies.ts';
import type { Fields } from './policy-body.ts';
import { fieldsOf, policyBody, policyRefusal } from './policy-body.ts';

const BASE = '/v2/{project_id}/backuppolicyresources';
const MOST_DISKS = 64;
const CHANGE = { dialect: AUTO_BACKUP, method: 'POST', access: 'write' } as const;

/** Disks put under a policy and taken from it, each on its own: an answer of 200 may carry failures. */
export const policyDiskRoutes: Route[] = [
  { ...CHANGE, name: 'policies.associate', path: BASE, handle: add },
  { ...CHANGE, name: 'policies.disassociate', path: `${BASE}/{policy_id}/deleted_resources`, handle: remove },
];

interface Failure {
  code: string;
  message: string;
}

function add(call: ProjectCall): Answer {
  const body = policyBody(call);
  const policy = namedPolicy(call, body['backup_policy_id']);
  const results = resourcesIn(body).map((resource) => {
    const disk = diskOf(call, resource);
    const failure = associationFailure(policy, disk, resource);
    if (failure === null && disk !== undefined) associate(call.world, policy, disk);
    return { failure, shown: { ...shownDisk(disk), ...asked(resource) } };
  });
  return answered(results);
}

function remove(call: ProjectCall): Answer {
  const policy = policyOf(call);
  const results = resourcesIn(policyBody(call)).map((resource) => {
    const id = resource['resource_id'];
    const failure = removalFailure(policy, id);
    if (failure === null && typeof id === 'string') disassociate(policy, id);
    return { failure, shown: { resource_id: id ?? null } };
  });
  return answered(results);
}

function answered(results: { failure: Failure | null; shown: object }[]): Answer {
  const success = results.flatMap(({ failure, shown }) => (failure === null ? [shown] : []));
  const fail = results.flatMap(({ failure, shown }) => (failure === null ? [] : [{ ...shown, ...failure }]));
  return { status: 200, body: { success_resources: success, fail_resources: fail } };
}

function namedPolicy(call: ProjectCall, id: unknown): Policy {
  if (typeof id !== 'string' || !isUuid(id))
    throw policyRefusal('0006', 'The policy ID contained in the request is empty or not an ID.');
  const policy = call.world.policies.get(id);
  if (policy?.projectId !== call.project.id) throw policyRefusal('0205', 'The policy does not exist.', 404);
  return policy;
}

function resourcesIn(body: Fields): Fields[] {
  const given = body['resources'];
  if (!Array.isArray(given) || given.length === 0)
    throw policyRefusal('0207', 'The resource to be associated is empty.');
  return given.map((one: unknown) => {
    const resource = fieldsOf(one);
    if (resource === null) throw AUTO_BACKUP.malformed('a resource is no object');
    return resource;
  });
}

function associationFailure(policy: Policy, disk: Disk | undefined, resource: Fields): Failure | null {
  if (!resource['resource_id']) return failure('0209', 'The resource ID or name is empty.');
  if (resource['resource_type'] !== 'volume') return failure('0211', 'The resource type is invalid.');
  if (disk === undefined) return failure('1400', 'The resource to be associated is invalid.');
  if (disk.kind === 'HANA') return failure('0210', 'HANA disks cannot be associated with the backup policy.');
  if (disk.kind === 'DESS') return failure('0220', 'DESS disks cannot be associated with the backup policy.');
  if (disk.status === 'error' || disk.status === 'restoring')
    return failure('0206', 'The status of the disk to be associated is invalid.');
  if (!policy.diskIds.includes(disk.id) && policy.diskIds.length >= MOST_DISKS)
    return failure('0204', 'The number of associated volumes has reached the upper limit.');
  return null;
}

function removalFailure(policy: Policy, id: unknown): Failure | null {
  if (!id) return failure('0209', 'The resource ID or name is empty.');
  if (typeof id === 'string' && policy.diskIds.includes(id)) return null;
  return failure('1400', 'The resource is not associated with the policy.');
}

function failure(code: string, message: string): Failure {
  return { code: `AutoBackup.${code}`, message };
}

function diskOf(call: ProjectCall, resource: Fields): Disk | undefined {
  const id = resource['resource_id'];
  return typeof id === 'string' ? ownDisk(call, id) : undefined;
}

function asked(resource: Fields) {
  return { resource_id: resource['resource_id'] ?? null, resource_type: resource['resource_type'] ?? null };
}

function shownDisk(disk: Disk | undefined) {
  const zone = disk?.availabilityZone ?? null;
  return { availability_zone: zone, os_vol_host_attr: zone === null ? null : `pod01.${zone}` };
}
