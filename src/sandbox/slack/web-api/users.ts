import { handleOf, type Person } from '../directory.ts';
import { TEAM } from '../identity.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { ApiError } from './api-error.ts';
import { flag, required } from './arguments.ts';
import type { Methods } from './method.ts';
import { page } from './paging.ts';

/** `users.*` and `usergroups.*`. */
export const userMethods: Methods = {
  'users.info': { scope: 'users:read', tier: 'tier4', run: info },
  'users.list': { scope: 'users:read', tier: 'tier2', run: list },
  'usergroups.list': { scope: 'usergroups:read', tier: 'tier2', run: groups },
  'usergroups.users.list': { scope: 'usergroups:read', tier: 'tier2', run: groupUsers },
};

function info(parts: Parts, args: Json): Json {
  const person = parts.directory.people.get(required(args, 'user'));
  if (!person) throw new ApiError('user_not_found');
  return { user: userPayload(person) };
}

function list(parts: Parts, args: Json): Json {
  const { items, metadata } = page([...parts.directory.people.values()], args);
  return { members: items.map(userPayload), cache_ts: 0, response_metadata: metadata };
}

function groups(parts: Parts, args: Json): Json {
  return {
    usergroups: [...parts.directory.groups.values()].map((group) => ({
      id: group.id,
      team_id: TEAM.id,
      is_usergroup: true,
      name: group.name,
      description: '',
      handle: group.handle,
      date_delete: 0,
      ...(flag(args, 'include_users') && { users: group.users }),
      ...(flag(args, 'include_count') && { user_count: group.users.length }),
    })),
  };
}

function groupUsers(parts: Parts, args: Json): Json {
  const group = parts.directory.groups.get(required(args, 'usergroup'));
  if (!group) throw new ApiError('no_such_subteam');
  const present = group.users.filter((user) => parts.directory.people.get(user)?.deleted !== true);
  return { users: flag(args, 'include_disabled') ? group.users : present };
}

function userPayload(person: Person): Json {
  const bot = person.is_bot === true;
  return {
    id: person.id,
    team_id: TEAM.id,
    name: handleOf(person),
    deleted: person.deleted === true,
    real_name: person.name,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: { real_name: person.name, display_name: person.name, title: person.role, team: TEAM.id },
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: bot,
    is_app_user: bot,
    updated: 0,
  };
}
