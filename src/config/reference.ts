// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what people write in the settings file.
import { PROJECT_REFERENCE } from './project-reference.ts';
import type { Reference } from './reference-entry.ts';

/** Every setting. A test holds it against the schema: same paths, same defaults. */
export const SETTINGS_REFERENCE: readonly Reference[] = [
  {
    path: 'slack.mode',
    type: '`socket` or `http`',
    default: 'socket',
    meaning: 'How Slack reaches the bot: over a connection that the bot opens, or by signed requests to `slack.port`.',
    example: 'socket',
  },
  {
    path: 'slack.botToken',
    type: 'secret, `xoxb-…`',
    required: true,
    meaning: 'The bot token: *OAuth & Permissions* of the app.',
    example: '${SLACK_BOT_TOKEN}',
    secret: true,
  },
  {
    path: 'slack.appToken',
    type: 'secret, `xapp-…`',
    required: 'in mode `socket`',
    meaning: 'The app-level token with the scope `connections:write`: *Basic Information* of the app.',
    example: '${SLACK_APP_TOKEN}',
    secret: true,
  },
  {
    path: 'slack.signingSecret',
    type: 'secret',
    required: 'in mode `http`',
    meaning: "What Slack's requests are signed with: *Basic Information* of the app.",
    example: '${SLACK_SIGNING_SECRET}',
    secret: true,
  },
  {
    path: 'slack.port',
    type: 'port',
    default: '3000',
    meaning: 'Where the bot listens for Slack in mode `http`, at `/slack/events`. 0 takes a free one.',
    example: '3000',
  },
  {
    path: 'slack.apiUrl',
    type: 'address',
    default: 'https://slack.com/api/',
    meaning: "Slack's Web API; another one for a gateway.",
    example: 'https://slack.com/api/',
  },
  {
    path: 'database.url',
    type: '`sqlite:FILE` or `postgres://…`',
    default: 'sqlite:./data/vbs-chatops.db',
    meaning:
      'The store. Several replicas need PostgreSQL. A password comes from the environment: ' +
      '`postgres://user:${PGPASSWORD}@host/database`, or all of it from `${DATABASE_URL}`.',
    example: 'sqlite:./data/vbs-chatops.db',
  },
  {
    path: 'server.host',
    type: 'host',
    default: '127.0.0.1',
    meaning:
      'Where `/healthz`, `/readyz` and `/metrics` listen. They ask for no password and name the projects, hence ' +
      'loopback; in a container, where the network is its own, `0.0.0.0`.',
    example: '127.0.0.1',
  },
  { path: 'server.port', type: 'port', default: '9464', meaning: 'Their port. 0 takes a free one.', example: '9464' },
  {
    path: 'log.level',
    type: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
    default: 'info',
    meaning: 'How much is logged, as JSON lines on the standard output.',
    example: 'info',
  },
  {
    path: 'poll.policies',
    type: 'duration, `1s`–`1d`',
    default: '60s',
    meaning: 'How often the policies of each project are looked at for runs that nobody started here.',
    example: '60s',
  },
  {
    path: 'poll.runMin',
    type: 'duration, `1s`–`1d`',
    default: '5s',
    meaning: 'How soon a run that has just begun is asked after again.',
    example: '5s',
  },
  {
    path: 'poll.runMax',
    type: 'duration, `1s`–`1d`',
    default: '60s',
    meaning: 'The longest pause between two questions about a run: they grow rarer the longer it takes.',
    example: '60s',
  },
  {
    path: 'proxy.url',
    type: '`http://host:port`',
    required: 'with `proxy`',
    meaning:
      'An HTTP proxy through which the bot calls Slack and the cloud. A password comes from the environment: ' +
      '`http://user:${PROXY_PASSWORD}@host:port`, or all of it from `${HTTPS_PROXY}`. The database is reached without it.',
    example: 'http://proxy.example.org:3128',
  },
  {
    path: 'proxy.except',
    type: 'hosts',
    default: '[]',
    meaning: 'Hosts that are called without the proxy, each with those below it: `example.org`.',
    example: '[]',
  },
  ...PROJECT_REFERENCE,
];

/** The reference as a Markdown table. */
export function settingsTable(): string {
  const rows = SETTINGS_REFERENCE.map(({ path, type, default: preset, required, meaning }) => {
    const needed = required === true ? '**required**' : `**required** ${required}`;
    const third = required === undefined ? (preset === undefined ? '' : `\`${preset}\``) : needed;
    return `| \`${path}\` | ${type} | ${third} | ${meaning} |`;
  });
  return ['| setting | type | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
