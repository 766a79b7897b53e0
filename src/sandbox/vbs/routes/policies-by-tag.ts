import { AUTO_BACKUP } from '../http/dialects.ts';
import { contains } from '../http/query.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import type { Policy } from '../world/types.ts';
import type { Fields } from './policy-body.ts';
import { fieldsOf, policyBody, policyRefusal } from './policy-body.ts';

const MOST_KEYS = 10;
const MOST_VALUES = 10;
const MOST_ROWS = 1000;

/** Policies found by their tags and names. */
export const policiesByTagRoutes: Route[] = [
  {
    name: 'policies.byTag',
    method: 'POST',
    path: '/v2/{project_id}/backuppolicy/resource_instances/action',
    dialect: AUTO_BACKUP,
    access: 'read',
    handle: query,
  },
];

function query(call: ProjectCall): Answer {
  const body = policyBody(call);
  const action = body['action'];
  if (action !== 'filter' && action !== 'count') throw policyRefusal('0222', 'Only specified actions are supported.');
  const fits = conditionsIn(body);
  const found = call.world.policiesOf(call.project.id).filter((policy) => fits.every((isFit) => isFit(policy)));
  if (action === 'count') {
    if (body['limit'] !== undefined || body['offset'] !== undefined)
      throw AUTO_BACKUP.malformed('limit and offset have no place where the action is count');
    return { status: 200, body: { total_count: found.length, resources: [] } };
  }
  const limit = numberText(body, { name: 'limit', otherwise: MOST_ROWS, least: 1, most: MOST_ROWS });
  const offset = numberText(body, { name: 'offset', otherwise: 0, least: 0, most: Number.MAX_SAFE_INTEGER });
  const page = found.slice(offset, offset + limit);
  return { status: 200, body: { total_count: found.length, resources: page.map(shown) } };
}

function shown(policy: Policy) {
  return {
    resource_id: policy.id,
    resource_name: policy.name,
    resource_detail: null,
    tags: policy.tags.map(({ key, value }) => ({ key, value })),
  };
}

type Condition = (policy: Policy) => boolean;

interface Wanted {
  key: string;
  values: string[];
}

function conditionsIn(body: Fields): Condition[] {
  const all = wantedIn(body, 'tags');
  const any = wantedIn(body, 'tags_any');
  const notAll = wantedIn(body, 'not_tags');
  const notAny = wantedIn(body, 'not_tags_any');
  for (const list of [any, notAll, notAny]) if (list?.length === 0) throw invalidTags();
  const text = nameIn(body);
  return [
    (policy) => all === null || all.every((one) => bears(policy, one)),
    (policy) => any === null || any.some((one) => bears(policy, one)),
    (policy) => notAll === null || !notAll.every((one) => bears(policy, one)),
    (policy) => notAny === null || !notAny.some((one) => bears(policy, one)),
    (policy) => text.every((part) => contains(policy.name, part)),
  ];
}

/** Without values any value will do. */
function bears(policy: Policy, { key, values }: Wanted): boolean {
  return policy.tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value)));
}

function wantedIn(body: Fields, name: string): Wanted[] | null {
  const given = body[name];
  if (given === undefined) return null;
  if (!Array.isArray(given) || given.length > MOST_KEYS) throw invalidTags();
  const wanted = given.map((one: unknown): Wanted => {
    const { key, values } = fieldsOf(one) ?? {};
    if (typeof key !== 'string' || key === '' || !isTexts(values) || values.length > MOST_VALUES) throw invalidTags();
    if (new Set(values).size < values.length) throw invalidTags();
    return { key, values };
  });
  if (new Set(wanted.map((one) => one.key)).size < wanted.length) throw invalidTags();
  return wanted;
}

function nameIn(body: Fields): string[] {
  const given = body['matches'] ?? [];
  if (!Array.isArray(given)) throw AUTO_BACKUP.malformed('matches is no list');
  return given.map((one: unknown) => {
    const { key, value } = fieldsOf(one) ?? {};
    if (key !== 'resource_name' || typeof value !== 'string')
      throw AUTO_BACKUP.malformed('matches takes resource_name and a text');
    return value;
  });
}

/** A number written as a text, which is how this call takes it. */
function numberText(body: Fields, of: { name: string; otherwise: number; least: number; most: number }): number {
  const given = body[of.name];
  if (given === undefined) return of.otherwise;
  const value = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!(value >= of.least && value <= of.most))
    throw AUTO_BACKUP.malformed(`${of.name} must be a text of a number from ${of.least} to ${of.most}`);
  return value;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function invalidTags() {
  return policyRefusal('0214', 'The tag parameter is invalid.');
}
