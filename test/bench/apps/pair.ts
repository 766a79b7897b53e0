import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchProject, DOMAIN, USER } from '../cloud/seeds.ts';
import { CHANNEL, OWNER, REQUESTER } from '../slack/deliveries.ts';
import { type SlackSide, startSlackSide } from '../slack/slack-side.ts';
import { type AppProcess, freePort, type Mode, startBareApp, startBot } from './app-process.ts';

/** An app's ways to be started, and Slack's side of it. */
export interface AppSide {
  readonly slack: SlackSide;
  start(): Promise<AppProcess>;
}

/** The bot and the bare app, each with a Slack of its own. */
export interface Pair {
  readonly ours: AppSide;
  readonly bare: AppSide;
  close(): Promise<void>;
}

/** Sets both up to be reached in this mode. The bot keeps its database from one start to the next. */
export async function createPair({ mode, cloudUrl }: { mode: Mode; cloudUrl: string }): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-bench-'));
  const [ourPort, barePort] = [await freePort(), await freePort()];
  const ours = await startSlackSide({ mode, appPort: ourPort });
  const bare = await startSlackSide({ mode, appPort: barePort });
  const file = join(folder, 'vbs-chatops.yml');
  const database = `sqlite:${join(folder, 'vbs-chatops.db')}`;
  await writeFile(file, settingsOf({ mode, cloudUrl, apiUrl: ours.apiUrl, port: ourPort, database }));
  return {
    ours: { slack: ours, start: () => startBot(file) },
    bare: { slack: bare, start: () => startBareApp({ mode, apiUrl: bare.apiUrl, port: barePort }) },
    async close() {
      await Promise.all([ours.close(), bare.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** One project that shares and one that receives; JSON is YAML too. */
function settingsOf(about: { mode: Mode; cloudUrl: string; apiUrl: string; port: number; database: string }): string {
  const { mode, cloudUrl, apiUrl, port, database } = about;
  const [source, target] = [benchProject(0), benchProject(1)];
  const secret =
    mode === 'http' ? { signingSecret: from('SLACK_SIGNING_SECRET'), port } : { appToken: from('SLACK_APP_TOKEN') };
  return JSON.stringify({
    slack: { mode, botToken: from('SLACK_BOT_TOKEN'), apiUrl, ...secret },
    database: { url: database },
    server: { port: 0 },
    projects: [
      {
        alias: source.name,
        id: source.id,
        region: 'eu-de',
        endpoints: { iam: cloudUrl, vbs: cloudUrl },
        credentials: { user: USER.name, domain: DOMAIN, password: from('CLOUD_PASSWORD') },
        approvalsChannel: CHANNEL,
        approvers: { users: [OWNER] },
        requesters: { users: [REQUESTER] },
      },
      { alias: target.name, id: target.id },
    ],
  });
}

/** How the settings name what the environment holds. */
function from(name: string): string {
  return `\${${name}}`;
}
