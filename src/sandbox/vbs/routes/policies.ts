import { AUTO_BACKUP } from '../http/dialects.ts';
import { isUuid } from '../http/query.ts';
import { Refusal } from '../http/refusal.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import { isExecuting, startRun } from '../world/policy-runs.ts';
import { quotaFailure } from '../world/quota.ts';
import type { Policy } from '../world/types.ts';

const BASE = '/v2/{project_id}/backuppolicy';
const dialect = AUTO_BACKUP;

/** Backup policies: what there is, and a run at once. */
export const policyRoutes: Route[] = [
  { name: 'policies.list', method: 'GET', path: BASE, dialect, access: 'read', handle: list },
  {
    name: 'policies.execute',
    method: 'POST',
    path: `${BASE}/{policy_id}/action`,
    dialect,
    access: 'write',
    handle: execute,
  },
];

/** The policy that a path names; refused where this project has none such. */
export function policyOf(call: ProjectCall): Policy {
  const id = call.params['policy_id'] ?? '';
  if (!isUuid(id)) throw new Refusal(400, 'AutoBackup.0006', 'The policy ID contained in the request is not an ID.');
  const policy = call.world.policies.get(id);
  if (policy?.projectId !== call.project.id)
    throw new Refusal(404, 'AutoBackup.1100', 'The queried policy does not exist.');
  return policy;
}

function list(call: ProjectCall): Answer {
  return { status: 200, body: { backup_policies: call.world.policiesOf(call.project.id).map(shown) } };
}

function execute(call: ProjectCall): Answer {
  const policy = policyOf(call);
  if (isExecuting(policy)) throw new Refusal(400, 'AutoBackup.0225', 'The policy is being executed.');
  const disks = policy.diskIds.flatMap((id) => call.world.disks.get(id) ?? []);
  if (disks.length > 0 && disks.every((disk) => quotaFailure(call.world, disk) !== null))
    throw new Refusal(400, 'AutoBackup.0218', 'The backup quota is insufficient.');
  startRun(call.world, policy);
  return { status: 204 };
}

// Fields that a policy does not have are left out, as in the reference's examples.
function shown(policy: Policy) {
  return {
    backup_policy_id: policy.id,
    backup_policy_name: policy.name,
    policy_resource_count: policy.diskIds.length,
    ...(policy.timeZone === null ? {} : { time_zone: policy.timeZone }),
    scheduled_policy: {
      start_time: policy.startTimes.join(','),
      ...(policy.frequency === null ? {} : { frequency: policy.frequency }),
      ...(policy.weekdays === null ? {} : { week_frequency: policy.weekdays }),
      ...(policy.retentionNum === null ? {} : { rentention_num: policy.retentionNum }),
      ...(policy.retentionDays === null ? {} : { rentention_day: policy.retentionDays }),
      ...(policy.keepFirstOfMonth === null
        ? {}
        : { remain_first_backup_of_curMonth: policy.keepFirstOfMonth ? 'Y' : 'N' }),
      status: policy.status,
    },
  };
}
