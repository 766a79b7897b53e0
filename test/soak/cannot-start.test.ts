import { existsSync } from 'node:fs';
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { USAGE } from '../../src/command-line.ts';
import { needsBetterSqlite } from '../../src/store/sqlite-file.ts';
import { createPlace, temporaryFolder } from '../process/place.ts';
import { run } from '../process/program.ts';
import { startTcpProxy } from '../process/tcp-proxy.ts';
import { rawSql } from '../store/raw-sql.ts';

const STACK = /\n\s+at |node:internal|\.ts:\d+/;
/** On Linux: refuses new folders by an error that elsewhere means that a folder on the way is missing. */
const inProc: [string, string, RegExp] = ['/proc', '/proc/x/db.sqlite', /: E[A-Z]+: .+(?:\.|\n {6}→) See that/];

describe('the program, called wrongly', () => {
  it.each([
    [[], 'No command is given.'],
    [['launch'], 'There is no command "launch".'],
    [['start', '--fast'], "Unknown option '--fast'."],
  ])('%j says so, how to call it, and ends with 1', async (args, problem) => {
    const { code, stdout, stderr } = await run(args, { cwd: await temporaryFolder() });
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `${problem}\n\n${USAGE}` });
  });

  it('and asked for help says how to call it, and ends with 0', async () => {
    const { code, stdout, stderr } = await run(['--help'], { cwd: await temporaryFolder() });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: USAGE, stderr: '' });
  });
});

describe('vbs-chatops start, where it cannot', () => {
  it('names the settings file that is not there, and what to do', async () => {
    const { code, stderr } = await run(['start'], { cwd: await temporaryFolder() });
    expect(code).toBe(1);
    expect(stderr).toMatch(/vbs-chatops\.yml.*is not there\n.*→ copy \.vbs-chatops\.example\.yml/s);
    expect(stderr).not.toMatch(STACK);
  });

  it('lists every fault of the settings at once, each with its place and remedy, and no secret', async () => {
    const place = await createPlace();
    delete place.env['PAYMENTS_PASSWORD'];
    await place.change(({ projects: [payments, ...others] }) => ({
      colour: 'blue',
      projects: [{ ...payments, approvalsChannel: '#approvals', approvals: 0 }, ...others],
    }));
    const { code, stdout, stderr } = await place.run('start');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('The settings in vbs-chatops.yml have 4 faults:');
    for (const fault of ['colour', 'approvalsChannel', 'approvals', 'PAYMENTS_PASSWORD']) {
      expect(stderr).toContain(fault);
    }
    expect(stderr.match(/→/g)).toHaveLength(4);
    expect(stderr).not.toMatch(STACK);
    expect(stderr).not.toContain(place.slack.tokens.bot);
  });

  it.each([
    ['of its status pages', (port: number) => ({ server: { port } }), 'set server.port to a free one'],
    [
      'that Slack is to call',
      (port: number) => ({ slack: { mode: 'http', port, signingSecret: `\${SECRET}` } }),
      'set slack.port to a free one',
    ],
  ])('says that the port %s is taken', async (_which, settings, remedy) => {
    const place = await createPlace();
    place.env['SECRET'] = 'a-signing-secret';
    const change = settings(await takenPort());
    await place.change(({ slack }) => ({ ...change, slack: { ...slack, ...('slack' in change && change.slack) } }));
    const { code, stderr } = await place.run('start');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[^\n]+ on (127\.0\.0\.1:|port )\d+ → the port is taken: [^\n]+\n$/);
    expect(stderr).toContain(remedy);
  });

  it('says that the database is that of a newer version', async () => {
    const place = await createPlace();
    const first = place.start();
    await first.says(/"msg":"ready"/);
    await first.signal('SIGTERM');
    await rawSql(place.databaseUrl, `insert into migrations values (999, 'later', '2027-01-01T00:00:00.000Z')`);
    const { code, stderr } = await place.run('start');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^the database was written by a newer version of vbs-chatops [^\n]+: run that newer version/,
    );
    expect(stderr).not.toMatch(STACK);
  });

  it.each([
    ['PostgreSQL cannot be reached', 'postgres://vbs:hunter2@127.0.0.1:1/vbs', /ECONNREFUSED/],
    [
      'the SQLite file cannot be made',
      'sqlite:vbs-chatops.yml/bot.db',
      /cannot open the database vbs-chatops.yml\/bot.db: /,
    ],
  ])('says that %s', async (_what, databaseUrl, words) => {
    const place = await createPlace();
    place.env['DATABASE'] = databaseUrl;
    await place.change(() => ({ database: { url: `\${DATABASE}` } }));
    const { code, stderr } = await place.run('start');
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect(stderr).toContain('database.url');
    expect(stderr.trimEnd()).not.toMatch(/\n/);
    expect(stderr).not.toContain('hunter2');
  });
});

describe('a place where the database’s file cannot be made', () => {
  it.each<[string, string, RegExp]>([
    [
      'a folder behind a link that leads nowhere',
      'gone/data/bot.db',
      /: the link \S+gone leads nowhere(?:\.|\n {6}→) See that/,
    ],
    ...(existsSync('/proc') ? [inProc] : []),
  ])('such as %s: the start and the doctor say so at once', async (_what, file, words) => {
    const place = await createPlace();
    await symlink(join(place.folder, 'unmounted'), join(place.folder, 'gone'));
    place.env['DATABASE_URL'] = `sqlite:${file}`;
    await place.change(() => ({ database: { url: `\${DATABASE_URL}` } }));
    const { code, stderr } = await place.run('start');
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect(stderr).toMatch(
      /^cannot open the database [^\n]+ database\.url is right, and that the bot may write [^\n]+\n$/,
    );
    const examined = await place.run('doctor');
    expect(examined.code).toBe(1);
    expect(examined.stdout).toMatch(words);
    expect(await readdir(place.folder)).toEqual(['gone', 'vbs-chatops.yml']);
  });
});

describe.skipIf(!needsBetterSqlite())('where better-sqlite3 cannot be used', () => {
  it.each([
    [
      'MODULE_NOT_FOUND',
      /is not there(?::|\n {6}→) install Python, make and a C\+\+ compiler and run `npm ci` again, or use Node 24/,
    ],
    [
      'ERR_DLOPEN_FAILED',
      /was compiled for another Node than this \(v\d.+\)(?::|\n {6}→) run `npm rebuild better-sqlite3`, or use/,
    ],
  ])('for %s, the bot and the demo say so in a sentence, and the doctor too', async (code, words) => {
    const place = await createPlace();
    const first = javascript(`import Module from 'node:module';
      const load = Module._load;
      Module._load = (name, ...rest) => {
        if (name === 'better-sqlite3') throw Object.assign(new Error('not to be loaded'), { code: '${code}' });
        return load(name, ...rest);
      };`);
    for (const args of [['start'], ['demo', '--port', '0']]) {
      const ended = await run(args, { cwd: place.folder, env: place.env, first });
      expect({ code: ended.code, stack: STACK.test(ended.stderr) }).toEqual({ code: 1, stack: false });
      expect(ended.stderr).toMatch(words);
    }
    const examined = await run(['doctor'], { cwd: place.folder, env: place.env, first });
    expect(examined.code).toBe(1);
    expect(examined.stdout).toMatch(words);
  });
});

describe('a fault of the bot itself', () => {
  it.each([
    ['a promise that nobody caught', 'Promise.reject(error)'],
    ['an error that nobody caught', 'setImmediate(() => { throw error; })'],
  ])('%s is logged without secrets, and ends the process with 1', async (_what, fault) => {
    const place = await createPlace();
    const secret = place.env['PAYMENTS_PASSWORD'] ?? '';
    const source = `process.on('SIGUSR2', () => { const error = new Error('lost: ${secret}'); ${fault}; });`;
    const program = place.start({ first: javascript(source) });
    await program.says(/"msg":"ready"/);
    const { code, stdout, stderr } = await program.signal('SIGUSR2');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(program.log().at(-1)).toMatchObject({
      level: 'fatal',
      msg: 'a fault of the bot itself, which ends it',
      err: { message: 'lost: [secret]' },
    });
    expect(stdout).not.toContain(secret);
  });
});

/** A module with this source. */
function javascript(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** A port on which something listens until the end of the test. */
async function takenPort(): Promise<number> {
  return (await startTcpProxy(1)).port;
}
