import { parseSettings, type Settings } from '../config.ts';
import type { SlackSandbox } from './slack/workspace.ts';
import { DEMO_DOMAIN, DEMO_PROJECTS, DEMO_USERS } from './vbs/seed.ts';
import type { VbsSimulator } from './vbs/simulator.ts';

/** The people of the demo, by what they are there to show. */
export const DEMO_PEOPLE = {
  requester: { id: 'U0ROBIN', name: 'Robin Reuter', role: 'requester: may ask for backups of every project' },
  firstOwner: { id: 'U0OLGA', name: 'Olga Okafor', role: 'approver of payments and platform' },
  secondOwner: { id: 'U0PIOTR', name: 'Piotr Paluch', role: 'approver of payments' },
  analyticsOwner: {
    id: 'U0ANA',
    name: 'Ana Abreu',
    role: 'approver of analytics and platform: may ask for backups, too',
  },
  operator: {
    id: 'U0OMAR',
    name: 'Omar Osman',
    role: 'operator: may run the policies of every project, and ask for backups',
  },
  admin: { id: 'U0ADA', name: 'Ada Adeyemi', role: 'admin: may change the policies of every project' },
  nobody: { id: 'U0NIA', name: 'Nia Novak', role: 'nobody: has no rights in any project' },
} as const;

const everyone = Object.values(DEMO_PEOPLE).map((person) => person.id);

export const DEMO_GROUPS = [
  {
    id: 'S0PAYOWNERS',
    handle: 'payments-owners',
    name: 'Owners of payments',
    users: [DEMO_PEOPLE.firstOwner.id, DEMO_PEOPLE.secondOwner.id],
  },
];

export const DEMO_CHANNELS = {
  paymentsApprovals: { id: 'C0PAYAPPROVE', name: 'payments-approvals', members: everyone },
  paymentsAlerts: { id: 'C0PAYALERTS', name: 'payments-alerts', members: everyone },
  analytics: { id: 'C0ANALYTICS', name: 'analytics-backups', members: everyone },
  platform: { id: 'C0PLATFORM', name: 'platform-backups', members: everyone },
  general: { id: 'C0GENERAL', name: 'general', members: everyone },
} as const;

/** The disks' names, which the API does not tell. */
function diskNames(simulator: VbsSimulator): Map<string, Record<string, string>> {
  const names = new Map<string, Record<string, string>>();
  for (const disk of simulator.world.disks.all()) {
    names.set(disk.projectId, { ...names.get(disk.projectId), [disk.id]: disk.name });
  }
  return names;
}

/** The stand-ins as the settings of the demo name them. */
export interface DemoParts {
  readonly slack: Pick<SlackSandbox, 'tokens' | 'apiUrl'>;
  readonly simulator: VbsSimulator;
  /** Where the bot is to call the cloud; the simulator itself unless given. */
  readonly cloudUrl?: string;
  readonly databaseUrl: string;
}

/** The settings of the demo, by way of the same file and the same checks as anyone's. */
export function demoSettings(parts: DemoParts): Settings {
  const { file, env } = demoSettingsFile(parts);
  return parseSettings(JSON.stringify(file), { file: 'the settings of the demo', env });
}

/** The settings file of the demo, and the environment that it takes its secrets from. */
export function demoSettingsFile(parts: DemoParts): { file: object; env: Record<string, string> } {
  const { slack, simulator, cloudUrl = simulator.url } = parts;
  const names = diskNames(simulator);
  const { requester, analyticsOwner, operator, admin } = DEMO_PEOPLE;
  const project = (alias: keyof typeof DEMO_PROJECTS, about: object) => ({
    alias,
    id: DEMO_PROJECTS[alias],
    region: 'eu-de',
    endpoints: { iam: cloudUrl, vbs: cloudUrl },
    credentials: {
      user: DEMO_USERS[alias].name,
      domain: DEMO_DOMAIN,
      password: fromEnvironment(`${alias.toUpperCase()}_PASSWORD`),
    },
    requesters: { users: [requester.id, analyticsOwner.id, operator.id] },
    operators: { users: [operator.id] },
    admins: { users: [admin.id] },
    disks: names.get(DEMO_PROJECTS[alias]) ?? {},
    ...about,
  });
  const file = {
    slack: {
      mode: 'socket',
      botToken: fromEnvironment('SLACK_BOT_TOKEN'),
      appToken: fromEnvironment('SLACK_APP_TOKEN'),
      apiUrl: slack.apiUrl,
    },
    database: { url: fromEnvironment('DATABASE_URL') },
    poll: { policies: '2s', runMin: '1s', runMax: '3s' },
    projects: [
      project('payments', {
        approvalsChannel: DEMO_CHANNELS.paymentsApprovals.id,
        alertsChannel: DEMO_CHANNELS.paymentsAlerts.id,
        approvers: { groups: ['S0PAYOWNERS'] },
      }),
      project('analytics', {
        approvalsChannel: DEMO_CHANNELS.analytics.id,
        approvers: { users: [analyticsOwner.id] },
      }),
      project('platform', {
        approvalsChannel: DEMO_CHANNELS.platform.id,
        approvers: { users: [analyticsOwner.id, DEMO_PEOPLE.firstOwner.id] },
        approvals: 2,
      }),
    ],
  };
  const env = {
    DATABASE_URL: parts.databaseUrl,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    PAYMENTS_PASSWORD: DEMO_USERS.payments.password,
    ANALYTICS_PASSWORD: DEMO_USERS.analytics.password,
    PLATFORM_PASSWORD: DEMO_USERS.platform.password,
  };
  return { file, env };
}

function fromEnvironment(name: string): string {
  return `\${${name}}`;
}
