import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import {
  createSlackSandbox,
  type SlackSandbox,
  type SlackSandboxOptions,
} from '../../../src/sandbox/slack/workspace.ts';

export const CHANNEL = 'C0GENERAL';

/** A manifest with everything an app could want; tests take away what they need to. */
export const manifest = {
  features: {
    app_home: { home_tab_enabled: true },
    slash_commands: [
      { command: '/vbs', should_escape: true },
      { command: '/raw', should_escape: false },
    ],
    shortcuts: [
      { type: 'global', callback_id: 'anywhere' },
      { type: 'message', callback_id: 'on_message' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: ['commands', 'chat:write', 'im:write', 'users:read', 'usergroups:read', 'files:write'],
      bot_optional: ['channels:read', 'groups:read', 'im:read', 'channels:history', 'groups:history', 'im:history'],
    },
  },
  settings: {
    event_subscriptions: { bot_events: ['app_home_opened'] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

export const seed = {
  manifest,
  people: [
    { id: 'U1', name: 'Ann Asker', role: 'requester' },
    { id: 'U2', name: 'Otto Owner', role: 'approver of payments' },
    { id: 'U3', name: 'Nobody', role: 'nobody' },
    { id: 'U4', name: 'Left', role: 'left', deleted: true },
    { id: 'U5', name: 'Robot', role: 'another app', is_bot: true },
  ],
  channels: [
    { id: CHANNEL, name: 'general', members: ['U1', 'U2'] },
    { id: 'C0PRIVATE', name: 'secret', members: ['U2'], is_private: true },
    { id: 'C0ELSEWHERE', name: 'elsewhere', members: ['U1'], bot_is_member: false },
    { id: 'C0HIDDEN', name: 'hidden', members: ['U1'], is_private: true, bot_is_member: false },
    { id: 'C0OLD', name: 'old', members: ['U1', 'U2'], is_archived: true },
  ],
  usergroups: [{ id: 'S1', handle: 'owners', name: 'Owners', users: ['U2', 'U4'] }],
} satisfies SlackSandboxOptions;

export function startSandbox(options: Partial<SlackSandboxOptions> = {}): Promise<SlackSandbox> {
  return createSlackSandbox({ ...seed, ...options });
}

/** A real Bolt app over Socket Mode, connected; ends with the returned function. */
export async function connectApp(sandbox: SlackSandbox, prepare: (app: App) => void): Promise<() => Promise<void>> {
  const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: sandbox.tokens.app,
    clientPingTimeout: 300,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: sandbox.apiUrl } },
  });
  const app = new App({
    token: sandbox.tokens.bot,
    receiver,
    clientOptions,
    convoStore: false,
    logLevel: LogLevel.ERROR,
  });
  prepare(app);
  await app.start();
  return async () => {
    await app.stop();
  };
}
