import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEMO_CHANNELS, DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { openStore } from '../../src/store/store.ts';
import { nobody } from '../doctor/examination.ts';
import { createPlace, type Place } from '../process/place.ts';
import { Program } from '../process/program.ts';
import { rawSql } from '../store/raw-sql.ts';
import { MANIFEST, MANIFEST_FOR_HTTP } from '../support/manifest.ts';

describe('vbs-chatops doctor', () => {
  it('says item by item that all is well, leaves no trace, and ends with 0', async () => {
    const place = await createPlace();
    const { code, stdout, stderr } = await place.run('doctor');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('All is well.');
    expect(lines.slice(0, -2).every((line) => line.startsWith('ok    '))).toBe(true);
    for (const item of [
      'Settings: vbs-chatops.yml, 3 with credentials of 3 projects',
      'Database: reachable, empty: the start makes its tables',
      'manifest.yml: /vbs, 8 scopes, home tab, Socket Mode',
      'Slack bot token: ',
      'Slack scopes: all 8',
      'Slack app token: may open connections',
      'Channel C0PAYAPPROVE (approvals of payments): #payments-approvals',
      `Member ${DEMO_PEOPLE.operator.id} (`,
      'User group S0PAYOWNERS (approver of payments): @payments-owners, 2 members',
      'Endpoint iam of payments: ',
      'Endpoint vbs of platform: ',
      "Clock: in step with Slack's",
      'Credentials of payments: the cloud takes them, and shows its policies and backups',
      'Credentials of analytics: the cloud takes them, and shows its policies and backups',
      'Credentials of platform: the cloud takes them, and shows its policies and backups',
    ]) {
      expect(stdout).toContain(`ok    ${item}`);
    }
    expectNoSecrets(place, stdout);
    expect(await readdir(place.folder)).toEqual(['vbs-chatops.yml']);
  });

  it('ends without a word where nobody reads on, as behind `head`', async () => {
    const place = await createPlace();
    const program = new Program(['doctor'], { cwd: place.folder, env: place.env });
    program.closeOutput();
    expect((await program.ended()).stderr).toBe('');
  });

  it('tells at the next start what the database has', async () => {
    const place = await createPlace();
    await (await openStore({ url: place.databaseUrl })).close();
    expect((await place.run('doctor')).stdout).toMatch(/^ok {4}Database: reachable, schema \d+$/m);
  });

  it.each<[string, (place: Place) => Promise<void>, string, RegExp]>([
    [
      'a wrong password',
      async ({ env }) => {
        env['PAYMENTS_PASSWORD'] = 'hunter2';
      },
      'Credentials of payments: get a token of payments: POST /v3/auth/tokens → 401: The request you have made requires authentication.\n',
      /→ Check the credentials of payments in the settings: user chatops-payments of domain vbs-demo, its password,/,
    ],
    [
      'the address of another service',
      async (place) => {
        const [iam, vbs] = [place.simulator.url, place.slack.url];
        await place.change((file) => withPayments(file, { endpoints: { iam, vbs } }));
      },
      'Credentials of payments: list policies of payments: GET /v2/',
      /→ Check that endpoints.vbs of payments is the service of the region eu-de\.$/,
    ],
    [
      'a user who may log in and nothing more',
      async ({ simulator }) => {
        const answer = { code: 'VolumeBackup.0042', message: 'no rights' };
        simulator.setFaults({ routes: [{ route: 'policies.list', kind: 'status', status: 403, ...answer }] });
      },
      'Credentials of payments: list policies of payments: GET /v2/',
      /→ give the bot's user a role in payments that may use the Volume Backup Service/,
    ],
    [
      'a version of the native backups that is not served',
      async ({ simulator }) => {
        simulator.setFaults({ routes: [{ route: 'backups.list', kind: 'status', status: 404 }] });
      },
      'Credentials of payments: list backups of payments: GET /v3/',
      /→ Check that endpoints.vbs of payments is .* and that nativeApiVersion v3 is served there\.$/,
    ],
    [
      'a token of Slack that is none',
      async ({ env }) => {
        env['SLACK_BOT_TOKEN'] = 'xoxb-hunter2';
      },
      'Slack bot token: Slack refuses: invalid_auth',
      /copy the token again/,
    ],
    [
      'an approver who is nobody',
      (place) => place.change((file) => withPayments(file, { approvers: { users: ['U0GONE'] } })),
      'Member U0GONE (approver of payments): there is no such member',
      /Copy member ID/,
    ],
    [
      'an endpoint where nobody is',
      async (place) => {
        const endpoints = { iam: await nobody(), vbs: await nobody() };
        await place.change((file) => withPayments(file, { endpoints }));
      },
      'Endpoint iam of payments: ',
      /check the host and the port/,
    ],
    [
      'a database that a newer version wrote',
      async ({ databaseUrl }) => {
        await (await openStore({ url: databaseUrl })).close();
        await rawSql(databaseUrl, `insert into migrations values (999, 'later', '2027-01-01T00:00:00.000Z')`);
      },
      'Database: its schema is 999, this version knows ',
      /run the newer version of vbs-chatops/,
    ],
    [
      'a database that cannot be reached',
      async (place) => {
        place.env['DATABASE'] = 'postgres://vbs:hunter2@127.0.0.1:1/vbs';
        await place.change(() => ({ database: { url: `\${DATABASE}` } }));
      },
      'Database: cannot open the database postgres://vbs@127.0.0.1:1/vbs: ',
      /See that database.url is right, that the server runs, and that its user may use the database/,
    ],
    [
      'a database in a folder that cannot be made',
      (place) => place.change(() => ({ database: { url: 'sqlite:./vbs-chatops.yml/data/bot.db' } })),
      'Database: cannot open the database ./vbs-chatops.yml/data/bot.db: ENOTDIR',
      /See that the path in database.url is right, and that the bot may write to that folder/,
    ],
  ])('finds %s, says how to mend it, and ends with 1', async (_what, spoil, complaint, remedy) => {
    const place = await createPlace();
    await spoil(place);
    await expectComplaint(place, complaint, remedy);
  });

  it('finds a channel that the bot was not invited to', async () => {
    const channels = Object.values(DEMO_CHANNELS).map((channel) => ({
      ...channel,
      bot_is_member: channel.id !== DEMO_CHANNELS.paymentsApprovals.id,
    }));
    const place = await createPlace({ slack: { channels } });
    const complaint = `Channel ${DEMO_CHANNELS.paymentsApprovals.id} (approvals of payments): the bot is not a member of`;
    await expectComplaint(place, complaint, /write \/invite/);
  });

  it('finds a scope that the token was not granted', async () => {
    const manifest = parse(MANIFEST.replace('      - usergroups:read\n', ''));
    const place = await createPlace({ slack: { manifest } });
    await expectComplaint(place, 'Slack scopes: the token lacks usergroups:read', /reinstall it to the workspace/);
  });

  it('holds a manifest of one’s own against the mode of the settings', async () => {
    const place = await createPlace({ slack: { delivery: { mode: 'http' } } });
    place.env['SECRET'] = place.slack.signingSecret;
    await place.change(({ slack }) => ({ slack: { ...slack, mode: 'http', signingSecret: `\${SECRET}` } }));
    await expectComplaint(place, 'manifest.yml: ', /--manifest/);
    await writeFile(join(place.folder, 'mine.yml'), MANIFEST_FOR_HTTP);
    const { code, stdout } = await place.run('doctor', '--manifest', 'mine.yml');
    expect(stdout).toContain('ok    mine.yml: /vbs, 8 scopes, home tab, HTTP');
    expect(code).toBe(0);
  });
});

type Changed = Parameters<Parameters<Place['change']>[0]>[0];

function withPayments({ projects: [payments, ...others] }: Changed, changes: object): object {
  return { projects: [{ ...payments, ...changes }, ...others] };
}

async function expectComplaint(place: Place, complaint: string, remedy: RegExp): Promise<void> {
  const { code, stdout, stderr } = await place.run('doctor');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const lines = stdout.split('\n');
  const at = lines.findIndex((line) => `${line}\n`.startsWith(`FAIL  ${complaint}`));
  expect(lines[at], stdout).toBeDefined();
  expect(lines[at + 1]).toMatch(/^ {6}→ /);
  expect(lines[at + 1]).toMatch(remedy);
  expect(stdout).toMatch(/\n\d+ items? (needs|need) mending\.\n$/);
  expectNoSecrets(place, stdout);
}

function expectNoSecrets({ env }: Place, text: string): void {
  for (const secret of [...Object.values(env), 'hunter2']) expect(text).not.toContain(secret);
}
