import { App, type Receiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Core } from '../core/core.ts';
import { BotToken } from './bot-token.ts';
import { createNames } from './delivery/names.ts';
import { dispatcher } from './dispatch/dispatch.ts';
import type { Environment, Hooks } from './dispatch/environment.ts';
import { Redraws } from './dispatch/redraws.ts';
import { Work } from './dispatch/work.ts';
import { HttpReceiver } from './http-receiver.ts';
import { libraryLog } from './library-log.ts';
import type { Registry } from './registry.ts';
import { SlackCalls } from './slack-calls.ts';
import { answeringClient, type ClientSettings, clientOptions, uploadingClient } from './slack-client.ts';
import { SlackFiles } from './slack-files.ts';
import { SocketReceiver } from './socket-receiver.ts';

export type SlackSettings = ClientSettings &
  (
    | { readonly mode: 'socket'; readonly appToken: string; readonly connections?: number }
    | { readonly mode: 'http'; readonly signingSecret: string; readonly port: number }
  );

export interface SlackAppParts {
  readonly settings: SlackSettings;
  readonly core: Core;
  readonly registry: Registry;
  readonly hooks?: Hooks;
  /** Slack refuses the app-level token: told once, and the bot goes on trying. */
  readonly onRefused?: (problem: string) => void;
}

/** The bot in Slack. */
export interface SlackApp {
  /** Resolves once deliveries can come in. In Socket Mode it never rejects, and waits for Slack as long as it takes. */
  start(): Promise<void>;
  /** Takes in nothing more, and gives what is going on `graceMs` to end. */
  stop(graceMs?: number): Promise<void>;
  /** Whether deliveries can come in now. */
  ready(): boolean;
  /** What hinders the bot in Slack now, each in a few words. */
  hindrances(): Promise<readonly string[]>;
  /** Resolves once no delivery waits for its acknowledgement, or after a while: what can wait begins then. */
  calm(): Promise<void>;
  /** In HTTP mode, the port that it listens on. */
  port(): number | undefined;
  /** The client of answers: bounded in time, hardly repeating. */
  readonly client: WebClient;
}

/** How long a stop waits for second steps that are going on. */
const STOP_WITHIN_MS = 5_000;

/** What is being handled at a stop still needs the connection for its acknowledgement. */
const ACKS_WITHIN_MS = 300;

/** Composes the bot's side of Slack: one handler a kind of delivery, and look-ups by name. */
export function createSlackApp(parts: SlackAppParts): SlackApp {
  const { settings, core, registry } = parts;
  const { log, clock } = core;
  const { receiver, appTokenProblem } = createReceiver(parts);
  const client = answeringClient(settings, log);
  const botToken = new BotToken({ client, clock, log });
  const calls = new SlackCalls(client, log, settings.out?.fetch);
  const uploads = new SlackFiles(uploadingClient(settings, log));
  const names = createNames({ client, clock, log });
  const env: Environment = {
    core,
    registry,
    calls,
    redraws: new Redraws(calls),
    uploads,
    names,
    log,
    hooks: parts.hooks ?? {},
    work: new Work(),
  };
  const dispatch = dispatcher(env);
  createApp(settings, { core, receiver }).use(async (arrival) => {
    const handled = dispatch(arrival);
    // A stop waits for its acknowledgement, and so does what can wait.
    env.work.arrive(handled);
    await handled;
  });
  const ready = () => (receiver instanceof SocketReceiver ? receiver.connected > 0 : receiver.port !== undefined);
  return {
    client,
    async start() {
      void botToken.problem();
      await receiver.start();
    },
    async stop(graceMs = STOP_WITHIN_MS) {
      await settled(env.work, Math.min(graceMs, ACKS_WITHIN_MS));
      await receiver.stop();
      await settled(env.work, graceMs);
    },
    calm: () => env.work.calm(),
    ready,
    async hindrances() {
      const [refused, appToken] = [await botToken.problem(), appTokenProblem()];
      const apart =
        appToken === undefined ? 'Slack is not connected' : `Slack refuses the app-level token: ${appToken}`;
      return [...(ready() ? [] : [apart]), ...(refused ? [`Slack refuses the bot token: ${refused}`] : [])];
    },
    port: () => (receiver instanceof HttpReceiver ? receiver.port : undefined),
  };
}

function createReceiver({ settings, core, onRefused }: SlackAppParts): {
  receiver: SocketReceiver | HttpReceiver;
  /** Slack's word for what is wrong with the app-level token, while it refuses it. */
  appTokenProblem: () => string | undefined;
} {
  const { clock, ids, log } = core;
  if (settings.mode === 'http') {
    const { signingSecret, port } = settings;
    return { receiver: new HttpReceiver({ signingSecret, port, clock, log }), appTokenProblem: () => undefined };
  }
  let refused: string | undefined;
  const { appToken, apiUrl, out, connections } = settings;
  const receiver = new SocketReceiver(
    {
      appToken,
      apiUrl,
      out,
      clock,
      log,
      random: () => ids.random(),
      onToken(problem) {
        const told = refused !== undefined;
        refused = problem;
        if (told || problem === undefined) return;
        log.error({ problem }, 'Slack refuses the app-level token; check it with `vbs-chatops doctor`');
        onRefused?.(problem);
      },
    },
    connections,
  );
  return { receiver, appTokenProblem: () => refused };
}

/**
 * Who the bot is need not be asked: only what is of no use here would want it (`ignoreSelf`), and as long as it were
 * asked every delivery would wait.
 */
function createApp(settings: SlackSettings, { core, receiver }: { core: Core; receiver: Receiver }): App {
  const logger = libraryLog(core.log);
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: settings.botToken }),
    ignoreSelf: false,
    convoStore: false,
    logger,
    logLevel: logger.getLevel(),
    clientOptions: clientOptions(settings, core.log, { timeout: 5_000, retryConfig: { retries: 0 } }),
  });
  app.error(async (error) => core.log.error({ err: error }, 'a delivery could not be handled'));
  return app;
}

async function settled(work: Work, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.idle(), enough]);
  clearTimeout(timer);
}
