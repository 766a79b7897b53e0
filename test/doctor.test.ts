import { describe, expect, test } from 'vitest';
import { complaints, endpoint, examine, nobody, settings, workspace } from './doctor/examination.ts';
import { MANIFEST_FOR_HTTP } from './support/manifest.ts';

describe('the doctor', () => {
  test('goes through everything, item by item, and is content where all is well', async () => {
    const { apiUrl } = await workspace();
    const cloud = await endpoint(401);
    expect(await examine(settings({ apiUrl, cloud }))).toEqual({
      well: true,
      lines: [
        'ok    Settings: vbs-chatops.yml, 1 with credentials of 2 projects',
        'ok    Database: sqlite:./data/vbs-chatops.db, schema 3',
        'ok    manifest.yml: /vbs, 8 scopes, home tab, Socket Mode',
        'ok    Slack bot token: vbs in VBS sandbox',
        'ok    Slack scopes: all 8',
        'ok    Slack app token: may open connections',
        "ok    Clock: in step with Slack's",
        'ok    Channel C0APPROVALS (approvals of payments): #approvals',
        'ok    Channel C0ALERTS (alerts of payments): #alerts',
        'ok    Member U0OWNER (approver of payments): First Owner',
        'ok    Member U0OPERATOR (operator of payments): Operator',
        'ok    User group S0OWNERS (approver of payments): @owners, 1 member',
        `ok    Endpoint iam of payments: ${cloud} answers, not encrypted: use https unless this is a trial`,
        `ok    Endpoint vbs of payments: ${cloud} answers, not encrypted: use https unless this is a trial`,
        'ok    Credentials of payments: logged in, eu-de',
        '',
        'All is well.',
      ],
    });
  });

  test('names the faults of the settings and stops there', async () => {
    const { well, lines } = await examine('slack: { mode: socket }');
    expect(well).toBe(false);
    expect(lines[0]).toMatch(/^FAIL {2}Settings: The settings in vbs-chatops\.yml have 3 faults:\n/);
    expect(lines.slice(1)).toEqual([
      '      → mend vbs-chatops.yml, then run the doctor again',
      '',
      'The settings come first; nothing else was examined.',
    ]);
  });

  test('says what the database and the cloud refuse, and goes on', async () => {
    const { apiUrl } = await workspace();
    const text = settings({ apiUrl, cloud: await endpoint() });
    const { well, lines } = await examine(text, {
      checkDatabase: async () => ({ ok: false, detail: 'schema 9 is newer', remedy: 'install the newer version' }),
      checkCredentials: () => Promise.reject(new Error('log in to payments: POST /v3/auth/tokens → 401 for hunter2')),
    });
    expect(well).toBe(false);
    expect(lines.slice(1, 3)).toEqual(['FAIL  Database: schema 9 is newer', '      → install the newer version']);
    expect(lines.slice(-4)).toEqual([
      'FAIL  Credentials of payments: log in to payments: POST /v3/auth/tokens → 401 for [secret]',
      '      → check the credentials and the project id, and that the user has a role in that project',
      '',
      '2 items need mending.',
    ]);
  });
});

describe('of the manifest the doctor finds', () => {
  test('whatever the bot needs and it lacks', async () => {
    const { apiUrl } = await workspace();
    const manifest = async () => 'oauth_config: { scopes: { bot: [commands] } }';
    const [first] = await complaints(settings({ apiUrl, cloud: await endpoint() }), { manifest });
    expect(first).toBe(
      'FAIL  manifest.yml: lacks the scope chat:write (to post cards); lacks the scope files:write (to export the record as a file); lacks the scope im:write (to write to one person); ' +
        'lacks the scope users:read (to know who approvers are); ' +
        'lacks the scope usergroups:read (to know who belongs to a user group); ' +
        'lacks the scope channels:read (to look at its public channels); ' +
        'lacks the scope groups:read (to look at its private channels); lacks the command /vbs; ' +
        'lacks the shortcut share:anywhere; lacks the shortcut share:named-here; ' +
        'has the home tab switched off; lacks the event app_home_opened; has interactivity switched off; ' +
        'has Socket Mode switched off',
    );
  });

  test.each([
    ['a text', async () => ': : :'],
    ['a missing file', () => Promise.reject(new Error('ENOENT'))],
  ])('that it is none: %s', async (_, manifest) => {
    const { apiUrl } = await workspace();
    expect(await complaints(settings({ apiUrl, cloud: await endpoint() }), { manifest })).toEqual([
      'FAIL  manifest.yml: is no app manifest',
      '→ take manifest.yml from the release again',
    ]);
  });

  test('what the settings want of it for HTTP, which needs no app token', async () => {
    const { apiUrl } = await workspace();
    const slack = `, mode: http, signingSecret: '\${SECRET}'`;
    const text = settings({ apiUrl, cloud: await endpoint(), slack });
    const remedy =
      '→ change a copy of manifest.yml as its comments say, update the app with it, and name it with --manifest';
    expect(await complaints(text)).toEqual([
      'FAIL  manifest.yml: is not for slack.mode http: it switches Socket Mode on; url of /vbs is missing; ' +
        'request_url of event_subscriptions is missing; request_url of interactivity is missing; ' +
        'message_menu_options_url of interactivity is missing',
      remedy,
    ]);
    const half = async () => MANIFEST_FOR_HTTP.replace('https:', 'http:');
    expect(await complaints(text, { manifest: half, manifestFile: 'mine.yml' })).toEqual([
      'FAIL  mine.yml: is not for slack.mode http: url of /vbs is not https://…/slack/events',
      remedy,
    ]);
    const { well, lines } = await examine(text, { manifest: async () => MANIFEST_FOR_HTTP });
    expect(well).toBe(true);
    expect(lines).toContain('ok    manifest.yml: /vbs, 8 scopes, home tab, HTTP');
    expect(lines).toContain('ok    Slack signing secret: is set; only a request of Slack can show whether it is right');
  });
});

describe('of the endpoints the doctor finds', () => {
  test('one where nothing listens', async () => {
    const { apiUrl } = await workspace();
    const iam = await nobody();
    expect(await complaints(settings({ apiUrl, cloud: await endpoint(), iam }))).toEqual([
      `FAIL  Endpoint iam of payments: ${iam}: nothing listens there`,
      '→ check the host and the port',
    ]);
  });

  test('one whose host nobody knows', async () => {
    const { apiUrl } = await workspace();
    const iam = 'https://no-such-host.invalid';
    const [first, remedy] = await complaints(settings({ apiUrl, cloud: await endpoint(), iam }));
    expect(first).toMatch(/no-such-host\.invalid: the host (is not known|could not be looked up)$/);
    expect(remedy).toContain('the name servers of this machine');
  });

  test('one that is out of order', async () => {
    const { apiUrl } = await workspace();
    const iam = await endpoint(503);
    expect(await complaints(settings({ apiUrl, cloud: await endpoint(), iam }))).toEqual([
      `FAIL  Endpoint iam of payments: ${iam}/v3 answers 503`,
      '→ try again later, and check the address',
    ]);
  });
});
