import { createHash, randomUUID } from 'node:crypto';
import type { ScriptedAnswer, SeenRequest } from '../support/http-server.ts';
import { projectId } from './cloud.ts';

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly volume: string;
}

/** How a Cinder is set up that a test meets. */
export interface Cinder {
  readonly rows?: readonly Row[];
  readonly fuzzyFilters?: 'refused' | 'ignored';
  readonly quotaUsed?: boolean;
}

export const volume = '5aa119a8-d25b-45a7-8d1b-88e127885635';

export function row(nth: number, changes: Partial<Row> = {}): Row {
  const id = randomUUID();
  return { id, name: `backup-${nth}`, status: 'available', volume, ...changes };
}

/** OpenStack's own Keystone and Cinder, as far as they differ from VBS. */
export function openStack(cinder: Cinder) {
  const rows = cinder.rows ?? [];
  return (request: SeenRequest): ScriptedAnswer => {
    const headers = { 'X-Openstack-Request-Id': `req-${createHash('md5').update(request.path).digest('hex')}` };
    const fault = (status: number, name: string, message: string, more = {}) => ({
      status,
      headers: { ...headers, ...more },
      json: { [name]: { code: status, message } },
    });
    if (request.path === '/v3/auth/tokens') return keystone(request);
    const [, version, project, ...rest] = request.path.split('/');
    if (version !== 'v3') return fault(404, 'itemNotFound', 'The resource could not be found.');
    if (project !== projectId) return fault(400, 'badRequest', 'Malformed request url');
    const path = rest.join('/');
    if (request.method === 'GET' && (path === 'backups' || path === 'backups/detail')) {
      const fuzzy = [...request.query.keys()].some((key) => key.endsWith('~'));
      if (fuzzy && cinder.fuzzyFilters === 'refused') {
        return fault(400, 'badRequest', 'Invalid filters name~ are found in query options.');
      }
      return { headers, json: page(rows, request) };
    }
    if (request.method === 'POST' && path === 'backups') return create(request, { cinder, fault, headers });
    const found = rows.find((each) => rest[1] === each.id);
    if (found === undefined) return fault(404, 'itemNotFound', `Backup ${rest[1]} could not be found.`);
    // A type, and no body.
    if (request.method === 'DELETE')
      return { status: 202, headers: { ...headers, 'content-type': 'application/json' } };
    if (path.endsWith('/restore')) {
      return { status: 202, headers, json: { restore: { backup_id: found.id, volume_id: volume, volume_name: 'db' } } };
    }
    return { headers, json: { backup: inDetail(found) } };
  };
}

function keystone(request: SeenRequest): ScriptedAnswer {
  const asked: { auth?: { scope?: { project?: { id?: string } } } } = JSON.parse(request.body);
  return {
    status: 201,
    headers: { 'X-Subject-Token': 'gAAAAABn', Vary: 'X-Auth-Token', 'x-openstack-request-id': 'req-keystone' },
    json: {
      token: {
        methods: ['password'],
        user: { domain: { id: 'default', name: 'Default' }, id: 'u-1', name: 'bot', password_expires_at: null },
        audit_ids: ['x'],
        expires_at: '2036-01-05T09:00:00.000000Z',
        issued_at: '2026-01-05T08:00:00.000000Z',
        project: { domain: { id: 'default', name: 'Default' }, id: asked.auth?.scope?.project?.id, name: 'demo' },
        is_domain: false,
        roles: [{ id: 'r-1', name: 'member' }],
        catalog: [],
      },
    },
  };
}

function create(
  request: SeenRequest,
  of: {
    cinder: Cinder;
    fault: (status: number, name: string, message: string, more?: Record<string, string>) => ScriptedAnswer;
    headers: Record<string, string>;
  },
): ScriptedAnswer {
  const given: { backup: Record<string, unknown> } = JSON.parse(request.body);
  const unknown = Object.keys(given.backup).find(
    (key) => !['volume_id', 'name', 'description', 'container', 'incremental', 'force', 'snapshot_id'].includes(key),
  );
  if (unknown !== undefined) {
    const problem = `Additional properties are not allowed ('${unknown}' was unexpected)`;
    return of.fault(400, 'badRequest', `Invalid input for field/attribute backup. ${problem}`);
  }
  if (of.cinder.quotaUsed) {
    const message = 'BackupLimitExceeded: Maximum number of backups allowed (10) exceeded';
    return of.fault(413, 'overLimit', message, { 'Retry-After': '0' });
  }
  return { status: 202, headers: of.headers, json: { backup: { id: 'b-new', name: given.backup['name'], links: [] } } };
}

/** Pages by marker; the last of them is full to the brim where the numbers happen so, and a link leads on from it. */
function page(rows: readonly Row[], request: SeenRequest): Record<string, unknown> {
  const { query, path } = request;
  const limit = Number(query.get('limit'));
  const from = rows.findIndex(({ id }) => id === query.get('marker')) + 1;
  const found = rows.slice(from, from + limit);
  const next = `http://controller:8776${path}?limit=${limit}&offset=${from}&marker=${found.at(-1)?.id}`;
  return {
    backups: found.map((each) =>
      path.endsWith('/detail') ? inDetail(each) : { id: each.id, name: each.name, links: [] },
    ),
    ...(found.length === limit ? { backups_links: [{ rel: 'next', href: next }] } : {}),
  };
}

function inDetail({ id, name, status, volume: volumeId }: Row): Record<string, unknown> {
  return {
    id,
    name,
    status,
    size: 1,
    volume_id: volumeId,
    snapshot_id: null,
    availability_zone: null,
    container: null,
    created_at: '2026-01-05T08:00:00.000000',
    updated_at: null,
    data_timestamp: '2026-01-05T08:00:00.000000',
    description: null,
    fail_reason: null,
    object_count: 0,
    has_dependent_backups: false,
    is_incremental: false,
    links: [],
  };
}
