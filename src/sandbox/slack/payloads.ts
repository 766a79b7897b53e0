import { type Channel, payloadName } from './channels.ts';
import { handleOf, type Person } from './directory.ts';
import { APP, TEAM, VERIFICATION_TOKEN } from './identity.ts';
import { newId } from './ids.ts';
import type { Json } from './json.ts';

const team = { id: TEAM.id, domain: TEAM.domain };

/** What every interaction tells of the person and the app. */
export function interaction(type: string, person: Person): Json {
  const name = handleOf(person);
  return {
    type,
    team,
    user: { id: person.id, username: name, name, team_id: TEAM.id },
    api_app_id: APP.id,
    token: VERIFICATION_TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelReference(channel: Channel): Json {
  return { id: channel.id, name: payloadName(channel) };
}

/** A slash command; all values are strings, as they come in a form. */
export function commandPayload(
  given: { person: Person; channel: Channel },
  command: { command: string; text: string; trigger_id: string; response_url: string },
): Json {
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: given.channel.id,
    channel_name: payloadName(given.channel),
    user_id: given.person.id,
    user_name: handleOf(given.person),
    command: command.command,
    text: command.text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: command.response_url,
    trigger_id: command.trigger_id,
  };
}

/** An event of the Events API in its wrapping. */
export function eventPayload(event: Json, at: Date): Json {
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    context_team_id: TEAM.id,
    context_enterprise_id: null,
    api_app_id: APP.id,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(at.getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: APP.bot_user_id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
