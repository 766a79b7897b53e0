// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what people write in the settings file.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SETTINGS_REFERENCE, settingsTable } from '../src/config/reference.ts';
import { isManaged, loadSettings, processEnvironment, settingsSchema } from '../src/config.ts';
import { ANALYTICS, ENV, faults, file, PAYMENTS, parse, refusal } from './config/settings-file.ts';

const EXAMPLE = new URL('../.vbs-chatops.example.yml', import.meta.url).pathname;

describe('a settings file', () => {
  test('with what it must have gets the defaults for all else', () => {
    expect(parse(file())).toEqual({
      slack: { mode: 'socket', botToken: 'xoxb-1-secret', appToken: 'xapp-1-secret', apiUrl: 'https://slack.com/api/' },
      database: { url: 'sqlite:./data/vbs-chatops.db' },
      server: { host: '127.0.0.1', port: 9464 },
      log: { level: 'info' },
      poll: { policies: 60_000, runMin: 5_000, runMax: 60_000 },
      projects: [
        {
          alias: 'payments',
          id: PAYMENTS,
          region: 'eu-de',
          endpoints: {
            iam: 'https://iam.example.org',
            vbs: 'https://vbs.example.org',
            blockStorage: 'https://vbs.example.org',
          },
          nativeApiVersion: 'v3',
          backupCalls: 'tracked',
          credentials: { user: 'bot', domain: 'dom', password: 'p@ss:w/rd' },
          approvalsChannel: 'C024BE91L',
          alertsChannel: 'C024BE91L',
          approvers: { users: ['U024BE7LH'], groups: [] },
          requesters: 'everyone',
          operators: { users: [], groups: [] },
          admins: { users: [], groups: [] },
          approvals: 1,
          requestOpenFor: 3 * 86_400_000,
          allowUnknownTargets: false,
          disks: {},
        },
      ],
    });
  });

  test('in mode http needs the signing secret and no app token', () => {
    const text = file().replace('appToken: ${SLACK_APP_TOKEN}', 'signingSecret: ${SLACK_SIGNING_SECRET}\n  mode: http');
    expect(parse(text).slack).toEqual({
      mode: 'http',
      botToken: 'xoxb-1-secret',
      signingSecret: ENV.SLACK_SIGNING_SECRET,
      port: 3000,
      apiUrl: 'https://slack.com/api/',
    });
    expect(faults(file({ slack: '  mode: http' }))).toEqual([
      'slack.signingSecret: is missing in mode http → write signingSecret: ${SLACK_SIGNING_SECRET}',
    ]);
  });

  test('may list a target by alias and id alone', () => {
    const settings = parse(file({ more: `  - { alias: analytics, id: '${ANALYTICS}' }` }));
    expect(settings.projects[1]).toEqual({ alias: 'analytics', id: ANALYTICS });
    expect(settings.projects.map(isManaged)).toEqual([true, false]);
  });

  test('takes endpoints as catalogues list them, with version and project id', () => {
    const text = file().replace(
      'iam: https://iam.example.org, vbs: https://vbs.example.org',
      `iam: https://iam.example.org/v3, vbs: https://vbs.example.org/v2/${PAYMENTS}/, blockStorage: http://h/volume/v3/`,
    );
    expect(parse(text).projects[0]).toMatchObject({
      endpoints: { iam: 'https://iam.example.org', vbs: 'https://vbs.example.org', blockStorage: 'http://h/volume' },
    });
  });

  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['12h', 43_200_000],
    ['3d', 259_200_000],
  ])('reads the duration %s as %i ms', (text, milliseconds) => {
    expect(parse(file({ payments: `    requestOpenFor: ${text}` })).projects[0]).toMatchObject({
      requestOpenFor: milliseconds,
    });
  });

  test('takes numbers and switches from the environment, where all is text', () => {
    const text = file({ top: 'server: { port: "${PORT}" }', payments: '    allowUnknownTargets: ${OPEN}' });
    const settings = parse(text, { ...ENV, PORT: '8080', OPEN: 'true' });
    expect(settings.server.port).toBe(8080);
    expect(settings.projects[0]).toMatchObject({ allowUnknownTargets: true });
  });

  test('is read from disk, and the example is a valid one', async () => {
    const settings = await loadSettings({ file: EXAMPLE, env: ENV });
    expect(settings.projects.map(({ alias }) => alias)).toEqual(['payments', 'analytics']);
    expect(settings.projects[0]).toMatchObject({ approvals: 2, alertsChannel: 'C061EG9SL' });
  });

  test('is still valid with every commented default of the example put in', async () => {
    const text = (await readFile(EXAMPLE, 'utf8'))
      .split('\n')
      .filter((line) => !line.includes('for several replicas') && !line.startsWith('# Settings'))
      .filter((line) => !/^# ( {2}url|proxy| {2}except):/.test(line))
      .map((line) => line.replace(/^( *)# (?= *[a-zA-Z]+:( |$))/, '$1'))
      .join('\n');
    expect(text.match(/^ *# \w+:/gm)).toBeNull();
    const settings = parse(text);
    const plain = parse(await readFile(EXAMPLE, 'utf8'));
    expect({ ...settings, projects: [] }).toEqual({ ...plain, projects: [] });
  });
});

/** A list of nine, nine times in a list, and so on. */
function bomb(depth: number): string {
  const nine = (name: string) => `[${Array.from({ length: 9 }, () => name).join(', ')}]`;
  const lines = Array.from(
    { length: depth },
    (_, index) => `a${index}: &a${index} ${nine(index ? `*a${index - 1}` : 'x')}`,
  );
  return `${lines.join('\n')}\n`;
}

describe('a file that is no settings file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'settings-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('because it is not there', async () => {
    const missing = join(folder, 'vbs-chatops.yml');
    await expect(loadSettings({ file: missing, env: {} })).rejects.toThrow(
      `The settings in ${missing} have a fault:

  the file
    is not there
    → copy .vbs-chatops.example.yml to it and fill it in, or name another file with --config`,
    );
  });

  test('because it is a folder', async () => {
    await expect(loadSettings({ file: folder, env: {} })).rejects.toThrow('is a folder');
  });

  test('because it cannot be read', async () => {
    const inside = join(folder, 'a-file');
    await writeFile(inside, '');
    await expect(loadSettings({ file: join(inside, 'x.yml'), env: {} })).rejects.toThrow('cannot be read (ENOTDIR)');
  });

  test.each([
    ['empty', '# nothing\n', 'the file\n    is empty'],
    ['a list', '- a\n', 'the file\n    holds no settings'],
    ['two documents', 'a: 1\n---\nb: 1\n', 'has a second document'],
    ['indented by tabs', 'slack:\n\tmode: socket\n', 'the file, line 2\n    is indented by a tab'],
    ['a key twice', 'slack: {}\nlog: {}\nslack: {}\n', 'the file, line 3\n    repeats a key of the same mapping'],
    ['an open quote', 'slack:\n  mode: "socket\n', 'lacks a closing quote'],
    ['a * to nothing', 'slack: *none\n', 'the file\n    has a * that refers to nothing'],
    ['endless', 'slack: &a\n  mode: *a\n', 'the file\n    has a * that refers to what it stands in'],
    ['a bomb', bomb(9), 'the file\n    uses * so often that it grows without measure'],
    ['a colon too many', 'slack:\n  mode: a: b\n', 'the file, line 2\n    has a second ": " on the line'],
  ])('because it is %s', (_, text, message) => {
    expect(refusal(text).message).toContain(message);
  });
});

describe('the environment', () => {
  test('is that of the process, and what the file .env adds to it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'environment-'));
    const dotenv = join(folder, '.env');
    await writeFile(dotenv, '# secrets\nVBS_TEST_ONLY_IN_FILE="p@ss word"\nPATH=/nowhere\n');
    expect(processEnvironment(dotenv)).toEqual({ ...process.env, VBS_TEST_ONLY_IN_FILE: 'p@ss word' });
    expect(processEnvironment(join(folder, 'missing'))).toEqual({ ...process.env });
    await rm(folder, { recursive: true });
  });
});

describe('the reference', () => {
  type Schema = z.core.JSONSchema._JSONSchema;

  /** Each setting that the schema knows, with its default as the file would have it. */
  function* settings(node: Schema | undefined, path: string): Generator<[string, unknown]> {
    if (typeof node !== 'object') return;
    const items = Array.isArray(node.items) ? undefined : node.items;
    const ofMappings = typeof items === 'object' && items.properties !== undefined;
    if (node.properties === undefined && !ofMappings) yield [path, node.default];
    for (const branch of node.anyOf ?? []) if (branch.properties !== undefined) yield* settings(branch, path);
    for (const [key, inner] of Object.entries(node.properties ?? {})) {
      yield* settings(inner, path === '' ? key : `${path}.${key}`);
    }
    if (ofMappings) yield* settings(items, `${path}[]`);
  }

  test('has every setting of the schema, with its default, and no other', () => {
    const schema = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
    const known = [...settings(schema, '')].map(([path, preset]) => {
      return [path, typeof preset === 'string' || preset === undefined ? preset : JSON.stringify(preset)];
    });
    expect(SETTINGS_REFERENCE.map((entry) => [entry.path, entry.default])).toEqual(known);
  });

  test('becomes a table with a row for each setting, and the same cells in all', () => {
    const rows = settingsTable().split('\n');
    expect(rows).toHaveLength(SETTINGS_REFERENCE.length + 2);
    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([6]));
    expect(rows).toContain(
      "| `projects[].credentials.password` | secret | **required** with `credentials.user` | The user's password. |",
    );
    expect(rows).toContain('| `server.port` | port | `9464` | Their port. 0 takes a free one. |');
  });
});
