import { demoHistory, NIGHTLY_DISKS } from './demo-history.ts';
import type { Seed } from './seed-schema.ts';
import { Identifiers } from './world/identifiers.ts';

export type { Seed } from './seed-schema.ts';

const DAY = 24 * 3_600_000;

/** The projects of the demo. */
export const DEMO_PROJECTS = {
  payments: 'c13f5220dc1949b0b741ea81a7cd5554',
  analytics: '722513ed0a324dadaabe5b2d0fe848c9',
  platform: '5a1d7c0e94b34f6e8f2b6d3c9a70e418',
} as const;

export const DEMO_DOMAIN = 'vbs-demo';

// Attached to a server: they can be backed up and not be restored onto.
const IN_USE = ['payments-ledger', 'payments-web-1', 'git'];

const ids = new Identifiers('demo');

interface DemoUser {
  name: string;
  password: string;
  accessKeys?: { accessKey: string; secretKey: string; securityToken?: string }[];
}

/**
 * The technical users of the demo: one that may change things in each project, and one that may only read all.
 * That of payments has an access key besides its password, that of analytics a temporary one.
 */
export const DEMO_USERS: Record<'payments' | 'analytics' | 'platform' | 'reader', DemoUser> = {
  payments: {
    name: 'chatops-payments',
    password: 'demo-payments',
    accessKeys: [{ accessKey: 'DEMOPAYMENTS', secretKey: 'demo-payments-secret-key' }],
  },
  analytics: {
    name: 'chatops-analytics',
    password: 'demo-analytics',
    accessKeys: [
      {
        accessKey: 'DEMOANALYTICS',
        secretKey: 'demo-analytics-secret-key',
        securityToken: 'demo-analytics-security-token',
      },
    ],
  },
  platform: { name: 'chatops-platform', password: 'demo-platform' },
  reader: { name: 'auditor', password: 'demo-auditor' },
};

/** Three projects with a past: disks, policies and their last runs, backups of every status, sharings both ways. */
export function demoSeed(now: Date): Seed {
  return {
    projects: demoProjects(),
    users: demoUsers(),
    disks: demoDisks(),
    policies: demoPolicies(now.getTime()),
    ...demoHistory(now.getTime()),
  };
}

// Far above what the demo needs; platform has no limits at all.
function demoProjects(): Seed['projects'] {
  const none = { backupsPerDisk: -1 };
  return [
    { id: DEMO_PROJECTS.payments, name: 'payments', quotas: { ...none, backups: 1000, gigabytes: 200_000 } },
    { id: DEMO_PROJECTS.analytics, name: 'analytics', quotas: { ...none, backups: 1000, gigabytes: 500_000 } },
    { id: DEMO_PROJECTS.platform, name: 'platform', quotas: none },
  ];
}

function demoUsers(): Seed['users'] {
  const { reader, ...admins } = DEMO_USERS;
  const everywhere = Object.fromEntries(Object.keys(DEMO_PROJECTS).map((name) => [name, 'reader' as const]));
  return [
    ...Object.entries(admins).map(([project, user]) => ({
      ...user,
      domain: DEMO_DOMAIN,
      roles: { [project]: 'admin' as const },
    })),
    { ...reader, domain: DEMO_DOMAIN, roles: everywhere },
  ];
}

function demoDisks(): Seed['disks'] {
  const disk = (project: string, name: string, size: number) => ({
    id: ids.uuidOf('disk', name),
    name,
    size,
    project,
    availabilityZone: name.endsWith('2') ? 'eu-de-02' : 'eu-de-01',
    status: IN_USE.includes(name) ? ('in-use' as const) : ('available' as const),
  });
  return [
    ...NIGHTLY_DISKS.map((name) => disk('payments', name, name.includes('db') ? 100 : 40)),
    disk('payments', 'payments-ledger', 500),
    disk('payments', 'payments-archive', 1000),
    disk('payments', 'payments-reports', 60),
    disk('payments', 'payments-staging', 80),
    disk('payments', 'payments-lab', 20),
    disk('analytics', 'warehouse-1', 2000),
    disk('analytics', 'warehouse-2', 2000),
    disk('analytics', 'notebooks', 120),
    disk('platform', 'registry', 300),
    disk('platform', 'ci-cache', 200),
    disk('platform', 'git', 250),
  ];
}

function demoPolicies(now: number): Seed['policies'] {
  const createdAt = new Date(now - 90 * DAY);
  return [
    {
      createdAt,
      name: 'nightly',
      tags: [
        { key: 'stage', value: 'production' },
        { key: 'team', value: 'payments' },
      ],
      project: 'payments',
      startTimes: ['01:00'],
      frequency: 1,
      retentionNum: 30,
      keepFirstOfMonth: true,
      timeZone: 'UTC+01:00',
      disks: NIGHTLY_DISKS,
    },
    {
      createdAt,
      name: 'ledger-hourly',
      tags: [
        { key: 'stage', value: 'production' },
        { key: 'compliance', value: 'sox' },
      ],
      project: 'payments',
      startTimes: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
      frequency: 1,
      retentionNum: 24,
      disks: ['payments-ledger'],
    },
    {
      createdAt,
      name: 'reports-weekdays',
      tags: [
        { key: 'stage', value: 'test' },
        { key: 'team', value: 'reporting' },
      ],
      project: 'payments',
      startTimes: ['18:00'],
      weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
      retentionDays: 30,
      status: 'OFF',
      disks: ['payments-reports'],
    },
    {
      createdAt,
      name: 'warehouse-nightly',
      tags: [
        { key: 'stage', value: 'production' },
        { key: 'team', value: 'data' },
      ],
      project: 'analytics',
      startTimes: ['03:00'],
      frequency: 1,
      retentionDays: 60,
      disks: ['warehouse-1', 'warehouse-2'],
    },
    {
      createdAt,
      name: 'platform-weekly',
      // The one that came with the project: it can be neither renamed nor deleted.
      isDefault: true,
      tags: [
        { key: 'stage', value: 'production' },
        { key: 'team', value: 'platform' },
      ],
      project: 'platform',
      startTimes: ['20:00'],
      weekdays: ['MON'],
      retentionNum: 8,
      timeZone: 'UTC+08:00',
      disks: ['registry', 'git'],
    },
  ];
}
