import { APP, TEAM } from '../identity.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { ApiError } from './api-error.ts';
import type { Methods } from './method.ts';

/** Who the app is, and how it connects. */
export const appMethods: Methods = {
  'auth.test': { tier: 'special', run: authTest },
  'apps.connections.open': { tier: 'tier1', token: 'app', run: openConnection },
};

function authTest(parts: Parts): Json {
  return {
    url: `${parts.url}/`,
    team: TEAM.name,
    user: APP.bot_name,
    team_id: TEAM.id,
    user_id: APP.bot_user_id,
    bot_id: APP.bot_id,
    is_enterprise_install: false,
  };
}

function openConnection(parts: Parts): Json {
  if (!parts.manifest.socketMode) throw new ApiError('no_permission');
  if (parts.faults.take('refuseOpen')) throw new ApiError('internal_error');
  const path = parts.socketMode.issueTicket();
  if (path === undefined) throw new ApiError('too_many_websockets');
  return { url: `${parts.url.replace(/^http/, 'ws')}${path}` };
}
