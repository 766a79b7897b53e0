import { AUTO_BACKUP } from '../http/dialects.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import { addPolicy, changePolicy, removePolicy } from '../world/policy-keeping.ts';
import { isExecuting } from '../world/policy-runs.ts';
import { policyOf } from './policies.ts';
import { policyBody, policyRefusal } from './policy-body.ts';
import { checkedName, checkedSchedule, checkedZone } from './policy-rules.ts';
import { checkedPolicyTags } from './policy-tags.ts';

const BASE = '/v2/{project_id}/backuppolicy';
const MOST_POLICIES = 10;
const CHANGE = { dialect: AUTO_BACKUP, access: 'write' } as const;

/** Policies made, changed, switched on and off, and taken away. */
export const policyChangeRoutes: Route[] = [
  { ...CHANGE, name: 'policies.create', method: 'POST', path: BASE, handle: create },
  { ...CHANGE, name: 'policies.modify', method: 'PUT', path: `${BASE}/{policy_id}`, handle: modify },
  { ...CHANGE, name: 'policies.delete', method: 'DELETE', path: `${BASE}/{policy_id}`, handle: remove },
];

function create(call: ProjectCall): Answer {
  const { world, project } = call;
  const body = policyBody(call);
  const name = checkedName(body['backup_policy_name']);
  const timeZone = body['time_zone'] === undefined ? null : checkedZone(body['time_zone']);
  const schedule = checkedSchedule(body['scheduled_policy'], { call: 'create', timeZone });
  const tags = checkedPolicyTags(body['tags'] ?? []);
  // The default policy was there before the tenant made any.
  if (world.policiesOf(project.id).filter((policy) => !policy.isDefault).length >= MOST_POLICIES)
    throw policyRefusal('0203', 'The number of existing backup policies has reached the upper limit.');
  const policy = addPolicy(world, { projectId: project.id, name, timeZone, ...schedule, tags });
  return { status: 200, body: { backup_policy_id: policy.id } };
}

function modify(call: ProjectCall): Answer {
  const policy = policyOf(call);
  const body = policyBody(call);
  const newName = body['backup_policy_name'];
  if (policy.isDefault && newName !== undefined && newName !== policy.name)
    throw policyRefusal('0100', 'The tenant cannot modify the default backup policy.');
  const name = newName === undefined || newName === policy.name ? policy.name : checkedName(newName);
  const timeZone = body['time_zone'] === undefined ? policy.timeZone : checkedZone(body['time_zone']);
  const given = body['scheduled_policy'];
  const schedule = given === undefined ? {} : checkedSchedule(given, { call: 'modify', timeZone });
  changePolicy(call.world, policy, { name, timeZone, ...schedule });
  return { status: 200, body: { backup_policy_id: policy.id } };
}

function remove(call: ProjectCall): Answer {
  const policy = policyOf(call);
  if (policy.isDefault) throw policyRefusal('0100', 'The tenant cannot modify the default backup policy.');
  if (isExecuting(policy)) throw policyRefusal('0225', 'The policy is being executed.');
  removePolicy(call.world, policy);
  return { status: 204 };
}
