import { setTimeout as delay } from 'node:timers/promises';
import { type Background, startBackground } from './background/background.ts';
import { createVbsClouds, type VbsClouds } from './clouds/vbs-clouds.ts';
import { isManaged, type ManagedProject as ManagedSettings, type Settings } from './config.ts';
import { Access } from './core/access.ts';
import { Catalogue } from './core/backups/catalogue.ts';
import type { Core } from './core/core.ts';
import type { Clock, Ids, Log } from './core/ports.ts';
import { type KnownProject, type ManagedProject, Projects } from './core/projects.ts';
import { SharingList } from './core/sharing/sharing-list.ts';
import { defaultTiming, type Timing } from './core/timing.ts';
import { createIds } from './ids.ts';
import { createMetrics, type Metrics, type Readiness } from './metrics.ts';
import { createProxy, type WayOut } from './proxy.ts';
import { createCardDelivery } from './slack/card-delivery.ts';
import { createCardRegistry } from './slack/card-registry.ts';
import { createDirectory } from './slack/directory.ts';
import { cards, interactions } from './slack/features.ts';
import { createRegistry } from './slack/registry.ts';
import { createSlackApp, type SlackApp, type SlackSettings } from './slack/slack-app.ts';
import { answeringClient, deliveringClient } from './slack/slack-client.ts';
import { StoreError } from './store/errors.ts';
import { openStore } from './store/store.ts';
import { within } from './within.ts';

/** A request to the cloud takes no longer. */
const CLOUD_TIMEOUTS = { connectMs: 5_000, headersMs: 15_000, bodyMs: 20_000 };
/** What a stop leaves to the work under way before it is aborted. */
const GRACE_MS = 7_000;
const HANG_UP_WITHIN_MS = 500;
/** The end of a stop, whatever still hangs: what was held then comes free by itself. */
const STOP_WITHIN_MS = 8_500;
/** A database that takes longer to say hello, and to take a write, does not answer. */
const PING_WITHIN_MS = 2_000;

export interface BotParts {
  readonly log: Log;
  readonly metrics?: Metrics;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly timing?: Partial<Timing>;
}

export interface Bot {
  readonly core: Core;
  readonly metrics: Metrics;
  /** Resolves once Slack can reach the bot. */
  start(): Promise<void>;
  /** Whether it can do its work now, and what hinders it. */
  ready(): Promise<Readiness>;
  /** In HTTP mode, the port that Slack posts to. */
  port(): number | undefined;
  /** Takes in nothing more, ends or releases what it holds, and closes everything, within 10 s. */
  stop(): Promise<void>;
}

/** Composes the bot from its settings. Reads no environment; opening the database brings its schema up to date. */
export async function createBot(settings: Settings, parts: BotParts): Promise<Bot> {
  const { log, metrics = createMetrics(), clock = systemClock, ids = createIds() } = parts;
  const timing = { ...defaultTiming, ...timingOf(settings), ...parts.timing };
  const projects = projectsOf(settings);
  const out = settings.proxy && createProxy(settings.proxy);
  const clouds = createClouds(settings.projects, { metrics, clock, ids, out });
  const slackSettings = { ...settings.slack, out };
  const directory = createDirectory({ client: answeringClient(slackSettings, log), clock });
  const store = await openStore({ url: settings.database.url, log });
  metrics.countIn(store);
  const core: Core = {
    store,
    clouds,
    projects,
    access: new Access(directory, projects),
    catalogue: new Catalogue(clouds, clock, timing.catalogueMs),
    sharingList: new SharingList(clouds, clock, timing.catalogueMs),
    clock,
    ids,
    timing,
    log,
  };
  const slack = createSlackApp({
    settings: slackSettings,
    core,
    registry: createRegistry(interactions),
    hooks: {
      interaction({ kind, id, ackMs, outcome }) {
        metrics.interactions.inc({ kind, id, outcome });
        metrics.ackSeconds.observe({ kind, id }, ackMs / 1_000);
      },
    },
  });
  return compose({ slackSettings, core, metrics, slack, clouds, out });
}

interface Parts {
  readonly core: Core;
  readonly metrics: Metrics;
  readonly slack: SlackApp;
  readonly slackSettings: SlackSettings;
  readonly clouds: VbsClouds;
  readonly out: WayOut | undefined;
}

function compose({ core, metrics, slack, slackSettings, clouds, out }: Parts): Bot {
  const delivery = createCardDelivery({
    core,
    cards: createCardRegistry(cards),
    client: deliveringClient(slackSettings, core.log),
    onOutcome: ({ kind }, outcome) => metrics.cardsDelivered.inc({ kind, outcome }),
  });
  let background: Background | undefined;
  const endAll = async () => {
    await Promise.all([slack.stop(), background?.stop(GRACE_MS)]);
    // The work has ended: what goes on there is a log-in that nobody waits for any more.
    await within(clouds.close(), HANG_UP_WITHIN_MS);
    await core.store.close();
    await out?.close();
  };
  return {
    core,
    metrics,
    port: () => slack.port(),
    async start() {
      metrics.watched(core.projects.managed.map(({ alias }) => alias));
      background = startBackground({
        core,
        deliverCard: (card, signal) => delivery.deliver(card, signal),
        heldUntil: () => delivery.heldUntil(),
        calm: () => slack.calm(),
        onSweep(project, outcome) {
          metrics.pollSweeps.inc({ project, outcome });
          if (outcome === 'ok') metrics.polled(project);
        },
      });
      await slack.start();
    },
    async ready() {
      const [hindrances, database] = await Promise.all([
        slack.hindrances(),
        within(lookAtDatabase(core.store), PING_WITHIN_MS),
      ]);
      const reasons = [...hindrances, ...(database === 'well' ? [] : [database ?? 'the database does not answer'])];
      return { ok: reasons.length === 0, reasons };
    },
    async stop() {
      const failed = (err: unknown) => core.log.error({ err }, 'a part of the bot could not be closed');
      const ended = endAll()
        .catch(failed)
        .then(() => true);
      if (!(await within(ended, STOP_WITHIN_MS))) core.log.warn({}, 'not everything ended in time; its leases run out');
    },
  };
}

/** Answers what hinders it; rejects where it says nothing. */
async function lookAtDatabase(store: Core['store']): Promise<string> {
  await store.ping();
  return store.checkWritable().then(
    () => 'well',
    (error: unknown) =>
      error instanceof StoreError
        ? error.message
        : 'nothing can be written to the database: its disk may be full, or it is read-only',
  );
}

/** The clients of every managed project, by alias. */
export function createClouds(
  projects: Settings['projects'],
  about: { metrics: Metrics; clock: Pick<Clock, 'now'>; ids: Pick<Ids, 'random'>; out?: WayOut | undefined },
): VbsClouds {
  const { metrics, clock, ids, out } = about;
  const managed = projects.filter(isManaged);
  return createVbsClouds(
    new Map(
      managed.map(({ alias, id, endpoints, credentials, nativeApiVersion, backupCalls }) => [
        alias,
        {
          project: { id, name: alias },
          endpoints,
          credentials: credentialsOf(credentials),
          nativeApiVersion,
          backupCalls,
          connections: out?.connections,
          timeouts: CLOUD_TIMEOUTS,
          now: () => clock.now(),
          random: () => ids.random(),
          onExchange({ operation, status, ms }) {
            metrics.cloudRequests.inc({ project: alias, operation, status: String(status ?? 'error') });
            metrics.cloudRequestSeconds.observe({ project: alias, operation }, ms / 1_000);
          },
        },
      ]),
    ),
  );
}

function credentialsOf(credentials: ManagedSettings['credentials']) {
  return 'accessKey' in credentials
    ? ({ kind: 'accessKey', ...credentials } as const)
    : ({ kind: 'password', ...credentials } as const);
}

function projectsOf(settings: Settings): Projects {
  const managed: ManagedProject[] = [];
  const targets: KnownProject[] = [];
  for (const project of settings.projects) {
    if (!isManaged(project)) targets.push({ alias: project.alias, id: project.id });
    else managed.push(managedProject(project));
  }
  return new Projects(managed, targets);
}

/** Field by field: credentials stay with the clients, and nothing else gets to see them. */
function managedProject(project: ManagedSettings): ManagedProject {
  const { alias, id, region, approvalsChannel, alertsChannel, approvers, requesters, operators, admins } = project;
  return {
    alias,
    id,
    region,
    approvalsChannel,
    alertsChannel,
    approvers,
    requesters,
    operators,
    admins,
    approvals: project.approvals,
    requestOpenForMs: project.requestOpenFor,
    allowUnknownTargets: project.allowUnknownTargets,
    nativeBackups: project.backupCalls === 'native',
    disks: new Map(Object.entries(project.disks)),
  };
}

function timingOf({ poll }: Settings): Partial<Timing> {
  return { sweepMs: poll.policies, followMinMs: poll.runMin, followMaxMs: poll.runMax };
}

const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  },
};
