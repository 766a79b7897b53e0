import { APP, TEAM } from '../identity.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { ApiError } from './api-error.ts';
import { required } from './arguments.ts';
import type { Methods } from './method.ts';

/** Who the app is, and how it connects. */
export const appMethods: Methods = {
  'auth.test': { tier: 'special', token: 'either', run: authTest },
  'bots.info': { scope: 'users:read', tier: 'tier3', run: botInfo },
  'apps.connections.open': { tier: 'tier1', token: 'app', run: openConnection },
};

function authTest(parts: Parts, _args: Json, by: 'bot' | 'app'): Json {
  if (by === 'app') return { app_name: APP.bot_name, app_id: parts.tokens.appId ?? APP.id };
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

function botInfo(_parts: Parts, args: Json): Json {
  if (required(args, 'bot') !== APP.bot_id) throw new ApiError('bot_not_found');
  return {
    bot: { id: APP.bot_id, deleted: false, name: APP.bot_name, app_id: APP.id, user_id: APP.bot_user_id, updated: 0 },
  };
}

function openConnection(parts: Parts): Json {
  if (!parts.manifest.socketMode) throw new ApiError('no_permission');
  if (parts.faults.take('refuseOpen')) throw new ApiError('internal_error');
  const path = parts.socketMode.issueTicket();
  if (path === undefined) throw new ApiError('too_many_websockets');
  return { url: `${parts.url.replace(/^http/, 'ws')}${path}` };
}
