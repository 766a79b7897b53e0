import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { createSlackSandbox } from '../../src/sandbox/slack/workspace.ts';
import { databases } from '../support/databases.ts';
import { MANIFEST } from '../support/manifest.ts';
import { eventually } from '../support/slack-person.ts';
import { createPlace } from './place.ts';
import { StatusPages } from './program.ts';
import { startSilentServer, startTcpProxy } from './tcp-proxy.ts';

const run = promisify(execFile);
/** On Linux: a file that has no room for anything. */
const FULL_DISK = '/dev/full';
/** On Linux: sets what a process may write to files from now on. */
const PRLIMIT = '/usr/bin/prlimit';
const JSON_TYPE = 'application/json; charset=utf-8';

describe('vbs-chatops start', () => {
  it('runs by a settings file alone: says when it is ready, answers in Slack, and shows how it does', async () => {
    const place = await createPlace();
    const program = place.start();
    const pages = await StatusPages.of(program);
    await program.says(/"mode":"socket","msg":"ready"/);
    expect(await pages.get('/healthz')).toEqual({ status: 200, type: JSON_TYPE, body: '{"ok":true}\n' });
    expect(await pages.get('/readyz')).toEqual({ status: 200, type: JSON_TYPE, body: '{"ok":true,"reasons":[]}\n' });

    await place.player('requester').types('help');
    await place.player('nobody').types('share payments');
    const { status, type, body } = await pages.get('/metrics');
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(body.split('\n')).toEqual(
      expect.arrayContaining([
        'vbs_chatops_interactions_total{kind="command",id="help",outcome="answered"} 1',
        'vbs_chatops_ack_seconds_count{kind="command",id="help"} 1',
        'vbs_chatops_interactions_total{kind="command",id="share",outcome="refused"} 1',
        'vbs_chatops_share_requests{state="pending"} 0',
        'vbs_chatops_policy_runs{state="running"} 0',
        'vbs_chatops_cards{state="refused"} 0',
        'vbs_chatops_database_up 1',
      ]),
    );
    expect(program.log().filter(({ level }) => level !== 'info')).toEqual([]);
    expect(program.stderr).toBe('');
  });

  it('waits for a Slack that is away at the start, its status pages saying so, and is ready once Slack is there', async () => {
    const { slack, ...place } = await createPlace();
    const { tokens } = slack;
    const port = Number(new URL(slack.url).port);
    await slack.close();
    const program = place.start();
    const pages = await StatusPages.of(program);
    await pages.readiness('Slack is not connected');
    expect((await pages.get('/healthz')).status).toBe(200);

    const back = await createSlackSandbox({ port, tokens, people: [], channels: [], manifest: parse(MANIFEST) });
    onTestFinished(() => back.close());
    await pages.readiness();
    await program.says(/"msg":"ready"/);
  });

  it('can be ended while it waits for Slack, and does not call itself ready then', async () => {
    const place = await createPlace();
    await place.slack.close();
    const program = place.start();
    await program.says(/ECONNREFUSED.*"msg":"Slack cannot be reached over Socket Mode"/);
    expect((await program.signal('SIGTERM')).code).toBe(0);
    const said = program.log().flatMap(({ level, msg }) => (level === 'info' ? [msg] : []));
    expect(said).toEqual(['status pages are served', 'stopping', 'stopped']);
  });

  it.skipIf(!existsSync(FULL_DISK))('works, and ends when told, where its log has no room any more', async () => {
    const place = await createPlace();
    const disk = await open(FULL_DISK, 'w');
    onTestFinished(() => disk.close());
    const program = place.start({ output: disk.fd });
    await eventually(() => place.slack.connections() > 0, { withinMs: 20_000 });
    await place.player('requester').types('help');
    expect(await program.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends when told where nobody reads its log any more', async () => {
    const place = await createPlace();
    const program = place.start();
    await program.says(/"msg":"ready"/);
    program.closeOutput();
    expect(await program.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is not ready while Slack is away, and is again by itself', async () => {
    const place = await createPlace();
    const program = place.start();
    const pages = await StatusPages.of(program);
    await program.says(/"msg":"ready"/);
    await place.slack.setFaults({ socket: { drop: true, refuse_open: 2 } });
    await pages.readiness('Slack is not connected');
    await pages.readiness();
  });

  it('is not ready while Slack refuses its bot token, says so, and is ready again by itself', async () => {
    const place = await createPlace();
    const refuse = (error: string) => ({ kind: 'error', error, times: 'until_cleared' }) as const;
    await place.slack.setFaults({ slack: { 'auth.test': refuse('token_revoked') } });
    const program = place.start();
    const pages = await StatusPages.of(program);
    await pages.readiness('Slack refuses the bot token: token_revoked');
    await place.slack.setFaults({ clear: true });
    await pages.readiness();
    const told = program.log().flatMap(({ level, msg }) => (level === 'info' ? [] : [msg]));
    expect(told).toEqual(['Slack refuses the bot token; check it with `vbs-chatops doctor`']);
    await program.says(/"msg":"Slack takes the bot token again"/);
  });

  it('is not ready with a bot token that may not post', async () => {
    const place = await createPlace({ slack: { manifest: parse(MANIFEST.replace(/ +- chat:write\n/, '')) } });
    const pages = await StatusPages.of(place.start());
    await pages.readiness('Slack refuses the bot token: it lacks the scope chat:write');
  });

  it('says that Slack refuses the app-level token', async () => {
    const place = await createPlace();
    place.env['SLACK_APP_TOKEN'] = 'xapp-another';
    const pages = await StatusPages.of(place.start());
    await pages.readiness('Slack refuses the app-level token: invalid_auth');
  });

  it('takes requests over HTTP where the settings say so', async () => {
    const place = await createPlace({ slack: { delivery: { mode: 'http' } } });
    place.env['SLACK_SIGNING_SECRET'] = place.slack.signingSecret;
    await place.change(({ slack }) => ({
      slack: { ...slack, mode: 'http', port: 0, signingSecret: `\${SLACK_SIGNING_SECRET}` },
    }));
    const program = place.start();
    const [, port] = await program.says(/"mode":"http","port":(\d+),"msg":"ready"/);
    place.slack.setHttpTarget(`http://127.0.0.1:${port}/slack/events`);
    await place.player('requester').types('help');
  });

  it.each(databases.filter(({ name }) => name === 'PostgreSQL'))(
    'is not ready while $name is away, shows what it can, and is ready again by itself',
    async ({ create }) => {
      const { url, drop } = await create();
      onTestFinished(drop);
      const through = new URL(url);
      const proxy = await startTcpProxy(Number(through.port));
      through.port = String(proxy.port);
      const place = await createPlace({ databaseUrl: through.href });
      const program = place.start();
      const pages = await StatusPages.of(program);
      await pages.readiness();

      proxy.cut();
      await pages.readiness('the database does not answer');
      const { status, body } = await pages.get('/metrics');
      expect(status).toBe(200);
      expect(body).toContain('vbs_chatops_database_up 0');
      expect(body).not.toContain('vbs_chatops_share_requests{');

      proxy.mend();
      await pages.readiness();
      expect((await pages.get('/metrics')).body).toContain('vbs_chatops_share_requests{state="pending"} 0');
    },
  );

  it.runIf(existsSync(PRLIMIT))(
    'is not ready while its disk is full, tells the log of it once, and is ready again by itself',
    async () => {
      const place = await createPlace();
      const program = place.start();
      const pages = await StatusPages.of(program);
      await pages.readiness();
      await program.says(/"msg":"ready"/);

      const limit = (bytes: string) => run(PRLIMIT, [`--pid=${program.pid}`, `--fsize=${bytes}:unlimited`]);
      await limit('1');
      await pages.readiness('nothing can be written to the database: its disk may be full, or it is read-only');
      await program.says(/background work failed/);
      await limit('unlimited');
      await pages.readiness();
      const told = program.log().filter(({ msg }) => msg.startsWith('background work failed'));
      expect(told).toHaveLength(1);
      await place.player('requester').types('help');
    },
  );

  it('is not ready any more where its database was removed', async () => {
    const place = await createPlace();
    const pages = await StatusPages.of(place.start());
    await pages.readiness();
    await rm(place.databaseUrl.slice('sqlite:'.length));
    await pages.readiness(
      'the file of the database has been removed or replaced: end the bot, put the right file in place and start it ' +
        'again; what was put down meanwhile is lost',
    );
  });

  it('serves its status pages while it waits for the database, and can be ended then', async () => {
    const port = await startSilentServer();
    const place = await createPlace({ databaseUrl: `postgres://vbs:hunter2@127.0.0.1:${port}/vbs` });
    const program = place.start();
    const pages = await StatusPages.of(program);
    expect((await pages.get('/healthz')).status).toBe(200);
    await pages.readiness('the bot is starting');
    const { code, ms } = await program.signal('SIGTERM');
    expect([code, ms < 2_000]).toEqual([0, true]);
  });
});
