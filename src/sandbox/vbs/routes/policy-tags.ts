import { AUTO_BACKUP } from '../http/dialects.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import type { Policy, Tag } from '../world/types.ts';
import { policyOf } from './policies.ts';
import { fieldsOf, policyBody, policyRefusal } from './policy-body.ts';

const ALL = '/v2/{project_id}/backuppolicy/tags';
const BASE = '/v2/{project_id}/backuppolicy/{policy_id}/tags';
const MOST_TAGS = 10;
const dialect = AUTO_BACKUP;

/** The tags of policies. */
export const policyTagRoutes: Route[] = [
  { dialect, name: 'tags.add', method: 'POST', path: BASE, access: 'write', handle: add },
  { dialect, name: 'tags.remove', method: 'DELETE', path: `${BASE}/{key}`, access: 'write', handle: remove },
  { dialect, name: 'tags.list', method: 'GET', path: BASE, access: 'read', handle: list },
  { dialect, name: 'tags.all', method: 'GET', path: ALL, access: 'read', handle: listAll },
  { dialect, name: 'tags.batch', method: 'POST', path: `${BASE}/action`, access: 'write', handle: batch },
];

/** Tags that a policy may have, each key once and no more than it may have. */
export function checkedPolicyTags(given: unknown): Tag[] {
  const tags = listed(given).map(checkedTag);
  refuseTwice(tags);
  if (tags.length > MOST_TAGS) throw tooMany();
  return tags;
}

// A key that is there takes the new value, as everywhere in the cloud's tag service.
function add(call: ProjectCall): Answer {
  const policy = policyOf(call);
  const tag = checkedTag(policyBody(call)['tag']);
  setTags(policy, put(policy.tags, [tag]));
  return { status: 204 };
}

function remove(call: ProjectCall): Answer {
  const policy = policyOf(call);
  const key = call.params['key'];
  if (!policy.tags.some((tag) => tag.key === key)) throw policyRefusal('0216', 'The tag does not exist.', 404);
  policy.tags = policy.tags.filter((tag) => tag.key !== key);
  return { status: 204 };
}

function list(call: ProjectCall): Answer {
  return { status: 200, body: { tags: policyOf(call).tags.map(({ key, value }) => ({ key, value })) } };
}

function listAll(call: ProjectCall): Answer {
  const values = new Map<string, Set<string>>();
  for (const policy of call.world.policiesOf(call.project.id))
    for (const { key, value } of policy.tags) values.set(key, (values.get(key) ?? new Set()).add(value));
  const tags = [...values].map(([key, found]) => ({ key, values: [...found].sort() }));
  return { status: 200, body: { tags: tags.sort((a, b) => (a.key < b.key ? -1 : 1)) } };
}

function batch(call: ProjectCall): Answer {
  const policy = policyOf(call);
  const body = policyBody(call);
  switch (body['action']) {
    case 'create': {
      const kept = new Set(policy.tags.map((tag) => tag.key));
      const tags = checkedPolicyTags(body['tags'] ?? []).filter((tag) => !kept.has(tag.key));
      setTags(policy, [...policy.tags, ...tags]);
      break;
    }
    case 'update':
      setTags(policy, put(policy.tags, checkedPolicyTags(body['tags'] ?? [])));
      break;
    case 'delete': {
      const gone = listed(body['tags'] ?? []).map(checkedRemoval);
      const isGone = (tag: Tag) => gone.some(({ key, value }) => key === tag.key && (value ?? tag.value) === tag.value);
      policy.tags = policy.tags.filter((tag) => !isGone(tag));
      break;
    }
    default:
      throw policyRefusal('0222', 'Only specified actions are supported.');
  }
  return { status: 204 };
}

function setTags(policy: Policy, tags: Tag[]): void {
  if (tags.length > MOST_TAGS) throw tooMany();
  policy.tags = tags;
}

/** The tags with these among them, those of the same key replaced. */
function put(tags: Tag[], more: Tag[]): Tag[] {
  const byKey = new Map([...tags, ...more].map((tag) => [tag.key, tag]));
  return [...byKey.values()];
}

function listed(given: unknown): unknown[] {
  if (!Array.isArray(given)) throw invalid();
  return given;
}

function checkedTag(given: unknown): Tag {
  const { key, value } = fieldsOf(given) ?? {};
  if (typeof key !== 'string' || !/^[A-Za-z0-9_-]{1,36}$/.test(key)) throw invalid();
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{0,43}$/.test(value)) throw invalid();
  return { key, value };
}

// What is to go may be longer than what may come, and needs no value.
function checkedRemoval(given: unknown): { key: string; value: string | undefined } {
  const { key, value } = fieldsOf(given) ?? {};
  if (typeof key !== 'string' || key === '' || key.length > 127 || /[\p{Cc}=*\\,|/]/u.test(key)) throw invalid();
  if (value === undefined) return { key, value };
  if (typeof value !== 'string' || value.length > 255) throw invalid();
  return { key, value };
}

function refuseTwice(tags: Tag[]): void {
  if (new Set(tags.map((tag) => tag.key)).size < tags.length) throw invalid();
}

function invalid() {
  return policyRefusal('0214', 'The tag parameter is invalid.');
}

function tooMany() {
  return policyRefusal('0215', 'The number of tags has reached the upper limit.');
}
