import { describe, expect, test } from 'vitest';
import { createLog, type Log } from '../src/log.ts';
import { createScrubber } from '../src/scrub.ts';

const PASSWORD = 'p@ss "word"/1';

/** What the log writes, line by line, as text and as parsed. */
function written(act: (log: Log) => void, level = 'info') {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  act(createLog({ level, secrets: [PASSWORD, 'hunter2'], destination }));
  return { text: lines.join(''), entries: lines.map((line): unknown => JSON.parse(line)) };
}

describe('the log', () => {
  test('writes one JSON line an entry, with level and time in words', () => {
    const { entries, text } = written((log) => log.info({ project: 'payments', count: 2 }, 'swept'));
    expect(entries).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        project: 'payments',
        count: 2,
        msg: 'swept',
      },
    ]);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('leaves out what is below its level', () => {
    const { entries } = written((log) => {
      log.info('not this');
      log.warn('this');
    }, 'warn');
    expect(entries).toMatchObject([{ level: 'warn', msg: 'this' }]);
  });

  test.each<[string, (log: Log) => void]>([
    ['a message', (log) => log.info(`logging in with ${PASSWORD}`)],
    ['a field', (log) => log.info({ body: { note: [`it is ${PASSWORD}.`] } }, 'sent')],
    ['a key', (log) => log.info({ [`user:${PASSWORD}`]: 1 }, 'sent')],
    ['an address, where it is percent-encoded', (log) => log.info(`GET /?p=${encodeURIComponent(PASSWORD)}`)],
    ['a JSON text', (log) => log.info(JSON.stringify({ any: PASSWORD }))],
    ["an error's message and stack", (log) => log.error(new Error(`refused ${PASSWORD}`))],
    ["an error's cause", (log) => log.error({ err: new Error('refused', { cause: new Error(PASSWORD) }) }, 'no')],
    [
      "an error's own fields",
      (log) => log.error({ error: Object.assign(new Error('no'), { sent: { PASSWORD } }) }, 'no'),
    ],
    ["a child's bindings", (log) => log.child({ note: PASSWORD }).info('hello')],
  ])('never has a secret of the settings in %s', (_, act) => {
    const { text, entries } = written(act);
    expect(entries).toHaveLength(1);
    expect(text).toContain('[secret]');
    expect(text).not.toContain('ss \\"word');
    expect(text).not.toContain(encodeURIComponent(PASSWORD));
    expect(JSON.stringify(entries)).not.toContain(JSON.stringify(PASSWORD).slice(1, -1));
  });

  test.each([
    'authorization',
    'Authorization',
    'X-Auth-Token',
    'x-subject-token',
    'X-Security-Token',
    'botToken',
    'app_token',
    'token',
    'password',
    'signingSecret',
    'signing_secret',
    'response_url',
    'trigger_id',
    'set-cookie',
  ])('hides what stands under %s at any depth, and in raw headers', (key) => {
    const { text } = written((log) => {
      log.info({ [key]: 'tops3cret' }, 'top');
      log.info({ request: { headers: [{ [key]: ['tops3cret'] }] } }, 'deep');
      log.info({ rawHeaders: ['Accept', 'x', key, 'tops3cret'] }, 'raw');
    });
    expect(text).not.toContain('tops3cret');
    expect(text.match(/\[secret\]/g)).toHaveLength(3);
    expect(text).toContain('"Accept","x"');
  });

  test.each([
    'xoxb-123-tops3cret',
    'xoxp-tops3cret',
    'xapp-1-A1-tops3cret',
    'xoxe.xoxp-1-tops3cret',
    'https://hooks.slack.com/commands/T1/2/tops3cret',
    'wss://wss-primary.slack.com/link/?ticket=tops3cret&app_id=1',
    'postgres://vbs:tops3cret@db/vbs',
    'X-Auth-Token: tops3cret',
    'Authorization: Bearer tops3cret',
    '{"password":"tops3cret"}',
    '{\\"response_url\\":\\"tops3cret\\"}',
    'trigger_id=tops3cret&x=1',
  ])('hides in a text what has the shape of a secret: %s', (secret) => {
    const { text } = written((log) => log.info(`before ${secret} after`));
    expect(text).not.toContain('tops3cret');
    expect(text).toContain('before ');
    expect(text).toContain(' after');
  });

  test('leaves all else as it is', () => {
    const about = { url: 'https://iam.example.org:443/v3/auth/tokens', ids: ['U024BE7LH', null, 1.5, true], tokens: 3 };
    const { entries } = written((log) => log.info(about, 'the password was wrong: renew it, then try again at 12:30'));
    expect(entries).toMatchObject([{ ...about, msg: 'the password was wrong: renew it, then try again at 12:30' }]);
  });
});

describe('a scrubber', () => {
  test('leaves the name of a variable, which is no secret, and takes out what goes on after it', () => {
    const { text } = createScrubber([]);
    const named = `write botToken: \${SLACK_BOT_TOKEN}`;
    const address = `write postgres://user:\${PGPASSWORD}@host/database`;
    for (const plain of [named, address, `"password":"\${NAME}"`]) expect(text(plain)).toBe(plain);
    for (const more of [`password=\${NAME}hunter2`, `http://user:\${NAME}hunter2@host`]) {
      expect(text(more)).not.toContain('hunter2');
    }
  });

  test('takes a secret out as a whole where it begins with another one', () => {
    expect(createScrubber(['abc', 'abcdef', '']).text('abcdef abc')).toBe('[secret] [secret]');
  });
});
