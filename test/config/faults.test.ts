// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what people write in the settings file.
import { describe, expect, test } from 'vitest';
import { ANALYTICS, ENV, faults, file, PAYMENTS, parse, refusal } from './settings-file.ts';

describe('faults', () => {
  test('come all at once, each with its place, its line and its remedy', () => {
    const text = `slack:
  botToken: \${SLACK_BOT_TOKEN}
  aptoken: x
poll: { policies: 60, runMin: 2m }
projects:
  - alias: payments
    id: 12345678901234567890123456789012
    credentials: { user: bot, domain: dom, password: "\${NOT_SET}" }
    approvers: { users: [bob, U024BE7LH], groups: S0614TZR7 }
    nativeApiVersion: v4
  - alias: payments
    id: '${PAYMENTS}'
    aprovals: 2
`;
    expect(refusal(text).message).toBe(
      `The settings in vbs-chatops.yml have 15 faults:

  slack.appToken, line 1
    is missing in mode socket
    → write appToken: \${SLACK_APP_TOKEN}

  slack.aptoken, line 3
    is not a known setting
    → did you mean appToken?

  poll.policies, line 4
    "60" is no duration
    → give a whole number and a unit: 90s, 15m, 12h or 3d

  poll.runMin, line 4
    is longer than poll.runMax
    → give the shortest pause as runMin and the longest as runMax

  projects[0].region (payments), line 6
    is missing, and the project has credentials
    → write region: eu-de

  projects[0].endpoints.iam (payments), line 6
    is missing, and the project has credentials
    → write iam: https://iam.eu-de.otc.t-systems.com

  projects[0].endpoints.vbs (payments), line 6
    is missing, and the project has credentials
    → write vbs: https://vbs.eu-de.otc.t-systems.com

  projects[0].approvalsChannel (payments), line 6
    is missing, and the project has credentials
    → write approvalsChannel: C024BE91L

  projects[0].id (payments), line 7
    must be text, not a number
    → put it in quotes

  projects[0].credentials.password (payments), line 8
    needs the environment variable NOT_SET, which is not set
    → set NOT_SET, in the environment or in the file .env

  projects[0].approvers.users[0] (payments), line 9
    "bob" is no Slack member id
    → in Slack open the profile, ⋮, Copy member ID: U or W and capitals or digits; a group (S…) belongs under groups

  projects[0].approvers.groups (payments), line 9
    must be a list, not text
    → write groups: [S0614TZR7]

  projects[0].nativeApiVersion (payments), line 10
    "v4" is none of v2, v3
    → write v2 or v3

  projects[1].alias (payments), line 11
    "payments" is also the alias of projects[0]
    → give each project its own alias

  projects[1].aprovals (payments), line 13
    is not a known setting
    → did you mean approvals?`,
    );
  });

  test.each([
    ['Payments', '"Payments" is no alias'],
    ['a'.repeat(33), 'is no alias'],
    ['in', '"in" is a word of /vbs shares'],
    ["''", '"" is no alias'],
  ])('of an alias: %s', (alias, problem) => {
    const [fault] = faults(file({ more: `  - { alias: ${alias}, id: '${ANALYTICS}' }` }));
    expect(fault).toContain(`projects.1.alias: `);
    expect(fault).toContain(problem);
  });

  test.each([
    ['approvalsChannel', '#approvals'],
    ['approvalsChannel', 'D024BE91L'],
    ['alertsChannel', 'general'],
    ['requesters', 'everybody'],
    ['requesters', '{ users: [S0614TZR7] }'],
    ['requesters', '{ user: [U024BE7LH] }'],
    ['operators', '{ groups: [U024BE7LH] }'],
    ['operators', ''],
    ['approvals', '0'],
    ['approvals', '1.5'],
    ['requestOpenFor', '3 days'],
    ['requestOpenFor', '0s'],
    ['requestOpenFor', '3w'],
    ['allowUnknownTargets', 'yes'],
    ['disks', '{ db-1: payments-db-1 }'],
    ['disks', '[payments-db-1]'],
    ['nativeApiVersion', 'v1'],
  ])('of %s: %s', (key, value) => {
    const text = key === 'approvalsChannel' ? file({ channel: value }) : file({ payments: `    ${key}: ${value}` });
    expect(faults(text)).toEqual([expect.stringMatching(new RegExp(`^projects\\.0\\.${key}[^:]*: .+ → .+$`))]);
  });

  test.each([
    ['slack.mode', file({ slack: '  mode: sockets' }), 'did you mean socket?'],
    ['log.level', file({ top: 'log: { level: wanr }' }), 'did you mean warn?'],
  ])('of a choice suggest the nearest one: %s', (_, text, remedy) => {
    expect(faults(text)).toEqual([expect.stringContaining(remedy)]);
  });

  test.each([
    ['bot_token', 'slack', 'botToken'],
    ['tokenBot', 'slack', undefined],
    ['sigingSecret', 'slack', 'signingSecret'],
  ])('of an unknown key suggest the nearest one, or list them: %s', (key, _, meant) => {
    const [fault] = faults(file({ slack: `  ${key}: x` }));
    expect(fault).toContain(meant === undefined ? 'remove it; known here: mode, botToken,' : `did you mean ${meant}?`);
  });

  test('of the approvals: more than there are approvers', () => {
    const fault =
      'projects.0.approvals: asks for 2 approvals, but only 1 person may approve → ' +
      'lower it, or name more approvers or a user group';
    expect(faults(file({ payments: '    approvals: 2' }))).toEqual([fault]);
    expect(faults(file({ payments: '    approvals: 2', approvers: '[U024BE7LH, U024BE7LH]' }))).toEqual([fault]);
    expect(parse(file({ payments: '    approvals: 2', approvers: '[U024BE7LH], groups: [S0614TZR7]' }))).toBeDefined();
  });

  test('of the approvers: nobody', () => {
    expect(faults(file({ approvers: '[]' }))).toEqual([
      'projects.0.approvers: names nobody → list at least one person under users or one user group under groups',
    ]);
  });

  test('of the projects: an id twice, none at all, none with credentials', () => {
    expect(faults(file({ more: `  - { alias: other, id: '${PAYMENTS}' }` }))).toEqual([
      `projects.1.id: "${PAYMENTS}" is also the id of projects[0] → give each project its own id`,
    ]);
    const slack = 'slack: { botToken: "${SLACK_BOT_TOKEN}", appToken: "${SLACK_APP_TOKEN}" }\n';
    expect(faults(slack)).toEqual([expect.stringContaining('projects: is missing')]);
    const nameless = `  - { alias: '', id: '${ANALYTICS}' }\n  - { alias: '', id: '${'a'.repeat(32)}' }`;
    expect(faults(file({ more: nameless }))).toEqual(
      [1, 2].map((index) => expect.stringContaining(`projects.${index}.alias: "" is no alias`)),
    );
    const none = [expect.stringContaining('projects: has no project with credentials')];
    expect(faults(`${slack}projects: []`)).toEqual(none);
    expect(faults(`${slack}projects: [{ alias: a, id: '${PAYMENTS}' }]`)).toEqual(none);
  });

  test.each([
    ['endpoints', '{ iam: https://iam.example.org, vbs: https://vbs.example.org }'],
    ['approvalsChannel', 'C024BE91L'],
    ['alertsChannel', 'C024BE91L'],
    ['approvers', '{ users: [U024BE7LH] }'],
  ])('of a project without credentials that has %s: it would silently be no more than a target', (key, value) => {
    const project = `  - { alias: analytics, id: '${ANALYTICS}', ${key}: ${value} }`;
    const fault =
      `is missing, and the project has ${key} → ` +
      `give the project its credentials, or leave out ${key} if backups are only to be shared with it`;
    expect(faults(file({ more: project }))).toEqual([`projects.1.credentials: ${fault}`]);
    expect(faults(file().replace(/ {2}- alias: payments.*/s, project))).toEqual([`projects.0.credentials: ${fault}`]);
  });

  test('of a missing section are those of its keys', () => {
    expect(faults(file().replace(/slack:.*?projects:/s, 'projects:')).map((fault) => fault.split(':')[0])).toEqual([
      'slack.botToken',
      'slack.appToken',
    ]);
  });

  test.each(['mysql://db/x', 'sqlite:', 'sqlite://data/x.db', './data/x.db', 'postgres://db:port/x'])(
    'of the database: %s is none',
    (url) => {
      expect(faults(file({ top: `database: { url: "${url}" }` }))).toEqual([
        expect.stringMatching(/^database\.url: the value is no database address → /),
      ]);
    },
  );

  test.each(['proxy:3128', 'socks5://proxy:1080', 'http://proxy/path', 'http://:secret@proxy', 'http://a:%zz@proxy'])(
    'of a proxy: %s is none',
    (url) => {
      expect(faults(file({ top: 'proxy: { url: "${PROXY}" }' }), { ...ENV, PROXY: url })).toEqual([
        expect.stringMatching(/^proxy\.url: what \$\{PROXY\} holds is no address of a proxy → give http:/),
      ]);
    },
  );

  test('of the hosts around a proxy', () => {
    const top =
      'proxy: { url: "http://proxy:3128", except: [vbs.example.org, "::1", "https://x", "*.example.org", "h:80"] }';
    expect(faults(file({ top })).map((fault) => fault.replace(/ → .*/, ''))).toEqual([
      'proxy.except.2: "https://x" is no host',
      'proxy.except.3: "*.example.org" is no host',
      'proxy.except.4: "h:80" is no host',
    ]);
  });
});
