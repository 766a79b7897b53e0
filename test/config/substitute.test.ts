// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what people write in the settings file.
import { describe, expect, test } from 'vitest';
import { secretValues } from '../../src/config.ts';
import { ENV, faults, file, parse, refusal } from './settings-file.ts';

describe('variables of the environment', () => {
  test('that are not set or empty are faults that name them', () => {
    const { SLACK_BOT_TOKEN: _, ...rest } = ENV;
    expect(faults(file(), { ...rest, SLACK_APP_TOKEN: ' ' })).toEqual([
      'slack.botToken: needs the environment variable SLACK_BOT_TOKEN, which is not set → ' +
        'set SLACK_BOT_TOKEN, in the environment or in the file .env',
      'slack.appToken: needs the environment variable SLACK_APP_TOKEN, which is empty → ' +
        'set SLACK_APP_TOKEN, in the environment or in the file .env',
    ]);
  });

  test('are no members of Object', () => {
    expect(faults(file({ top: 'constructor: https://user:word@host' }))).toEqual([
      expect.stringContaining('constructor: is not a known setting'),
    ]);
    expect(faults(file({ top: 'server: { host: "${toString}" }' }))).toEqual([
      expect.stringContaining('server.host: needs the environment variable toString, which is not set'),
    ]);
  });

  test('are escaped by a second dollar sign', () => {
    const settings = parse(file({ top: 'server: { host: "$${HOST}-$HOST" }' }));
    expect(settings.server.host).toBe('${HOST}-$HOST');
  });

  test.each(['${HOST', '${HOST:-localhost}', '${}'])('must have a name: %s has none', (value) => {
    expect(faults(file({ top: `server: { host: "${value}" }` }))).toEqual([
      expect.stringContaining('server.host: has a ${ that names no variable'),
    ]);
  });

  test('fill the password of a database address whatever characters it has', () => {
    const top = 'database: { url: "postgres://vbs:${PGPASSWORD}@db:5432/vbs" }';
    const settings = parse(file({ top }), { ...ENV, PGPASSWORD: 'p@ss/w:rd?#%' });
    expect(decodeURIComponent(new URL(settings.database.url).password)).toBe('p@ss/w:rd?#%');
    expect(secretValues(settings)).toEqual(
      expect.arrayContaining([
        'xoxb-1-secret',
        'xapp-1-secret',
        'p@ss:w/rd',
        'p@ss/w:rd?#%',
        'p%40ss%2Fw%3Ard%3F%23%25',
      ]),
    );
  });

  test('fill the password of a proxy likewise, or are its whole address', () => {
    const top = (url: string) => `proxy: { url: "${url}" }`;
    const env = { ...ENV, PROXY_PASSWORD: 'p@ss/w:rd?#%', HTTPS_PROXY: 'http://bot:p%40ss@proxy:3128' };
    const settings = parse(file({ top: top('http://bot:${PROXY_PASSWORD}@proxy:3128') }), env);
    expect(settings.proxy).toEqual({ url: 'http://bot:p%40ss%2Fw%3Ard%3F%23%25@proxy:3128', except: [] });
    expect(secretValues(settings)).toEqual(expect.arrayContaining(['p@ss/w:rd?#%', 'p%40ss%2Fw%3Ard%3F%23%25']));
    expect(parse(file({ top: top('${HTTPS_PROXY}') }), env).proxy?.url).toBe(env.HTTPS_PROXY);
  });

  test('may hold the whole database address', () => {
    const url = 'postgres://vbs:pass@db/vbs';
    const top = 'database: { url: "${DATABASE_URL}" }';
    expect(parse(file({ top }), { ...ENV, DATABASE_URL: url }).database).toEqual({ url });
  });

  test('fill a password in the query of a database address, which is a secret as well', () => {
    const settings = parse(file({ top: 'database: { url: "postgres://db/vbs?password=${PAYMENTS_PASSWORD}" }' }));
    expect(settings.database.url).toBe('postgres://db/vbs?password=p%40ss%3Aw%2Frd');
    const { projects: _, ...rest } = settings;
    expect(secretValues({ ...rest, projects: [] })).toContain(ENV.PAYMENTS_PASSWORD);
  });
});

describe('secrets', () => {
  const LITERAL = 'hunter2-is-literal';

  test.each([
    ['slack.botToken', file().replace('${SLACK_BOT_TOKEN}', `xoxb-${LITERAL}`)],
    ['slack.botToken', file().replace('${SLACK_BOT_TOKEN}', `xoxb-${LITERAL}-\${PAYMENTS_PASSWORD}`)],
    ['slack.appToken', file().replace('${SLACK_APP_TOKEN}', `xapp-${LITERAL}`)],
    ['slack.signingSecret', file({ slack: `  signingSecret: ${LITERAL}` })],
    ['projects.0.credentials.password', file().replace('${PAYMENTS_PASSWORD}', LITERAL)],
    ['projects.0.credentials.password', file().replace("'${PAYMENTS_PASSWORD}'", '12345')],
    ['database.url', file({ top: `database: { url: "postgres://vbs:${LITERAL}@db/vbs" }` })],
    ['database.url', file({ top: `database: { url: "postgres://vbs:${LITERAL}#/@db/vbs" }` })],
    ['database.url', file({ top: `database: { url: "postgres://vbs@realm:${LITERAL}@db/vbs" }` })],
    ['database.url', file({ top: `database: { url: "postgres://db/vbs?user=vbs&password=${LITERAL}" }` })],
    ['proxy.url', file({ top: `proxy: { url: "http://bot:${LITERAL}@proxy:3128" }` })],
  ])('in the file itself are refused and not repeated: %s', (path, text) => {
    const error = refusal(text);
    expect(error.faults.map((fault) => fault.path.join('.'))).toEqual([path]);
    expect(error.message).toContain('in the file itself');
    expect(error.message).not.toMatch(/hunter2|12345/);
  });

  test.each([
    ['a key misspelt', file({ slack: '  bottoken: xoxb-hunter2' })],
    ['a wrong shape', file({ payments: '    operators: hunter2' })],
    ['an unknown alias of YAML', file().replace("'${PAYMENTS_PASSWORD}'", '*hunter2')],
    ['an unknown tag of YAML', file().replace("'${PAYMENTS_PASSWORD}'", '!hunter2 x')],
    ['a broken line', file({ slack: '  signingSecret: hunter2: "x' })],
    ['an endpoint with a password', file().replace('https://vbs.', 'https://me:hunter2@vbs.')],
    ['a value of the environment in another place', file({ channel: '${HIDDEN}' })],
    ['a token of another kind', file().replace('${SLACK_BOT_TOKEN}', '${HIDDEN}')],
    ['an address of a proxy of the environment', file({ top: 'proxy: { url: "${HIDDEN}" }' })],
    ['an address of a proxy without its end', file({ top: 'proxy: { url: "http//bot:hunter2" }' })],
    ['a database address of the environment', file({ top: 'database: { url: "${HIDDEN}" }' })],
  ])('never show in a message, not even by %s', (_, text) => {
    expect(refusal(text, { ...ENV, HIDDEN: 'xoxp-hunter2' }).message).not.toContain('hunter2');
  });

  test('that are left empty are not taken for given away', () => {
    expect(faults(file().replace('${SLACK_BOT_TOKEN}', ''))).toEqual([
      'slack.botToken: is empty → write botToken: ${SLACK_BOT_TOKEN}',
    ]);
  });

  test('of the wrong kind are told apart by their beginning', () => {
    const env = { ...ENV, SLACK_BOT_TOKEN: ENV.SLACK_APP_TOKEN, SLACK_APP_TOKEN: ENV.SLACK_BOT_TOKEN };
    expect(faults(file(), env)).toEqual([
      expect.stringContaining('slack.botToken: what ${SLACK_BOT_TOKEN} holds is no bot token (xoxb-…)'),
      expect.stringContaining('slack.appToken: what ${SLACK_APP_TOKEN} holds is no app-level token (xapp-…)'),
    ]);
  });
});
