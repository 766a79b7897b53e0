import { describe, expect, it } from 'vitest';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { APPROVALS, createPlace, type Place } from './place.ts';

const PASSWORD = 'p@ss/hunter2';

/** A place where Slack and the cloud go by names that the proxy alone knows. */
async function placeBehind(port: number, except: readonly string[] = []): Promise<Place & { readonly cloud: string }> {
  const place = await createPlace();
  place.env['PROXY_PASSWORD'] = PASSWORD;
  const cloud = `http://cloud.test:${new URL(place.simulator.url).port}`;
  await place.change(({ slack, projects }) => ({
    proxy: { url: `http://bot:\${PROXY_PASSWORD}@127.0.0.1:${port}`, except },
    slack: { ...slack, apiUrl: place.slack.apiUrl.replace('127.0.0.1', 'slack.test') },
    projects: projects.map((project) => ({ ...project, endpoints: { iam: cloud, vbs: cloud } })),
  }));
  return { ...place, cloud };
}

/** A module that prints each port other than this one to which the process connects. */
function telling(port: number): string {
  const source = `import { Socket } from 'node:net';
    const connect = Socket.prototype.connect;
    Socket.prototype.connect = function (...args) {
      const [first] = args.flat();
      const port = Number(first?.port ?? first);
      if (port !== ${port}) process.stderr.write('around the proxy: ' + port + '\\n');
      return connect.apply(this, args);
    };`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

describe('behind a proxy, the bot', () => {
  it('calls Slack and the cloud through it alone', async () => {
    const proxy = await startConnectProxy({ user: `bot:${PASSWORD}` });
    const place = await placeBehind(proxy.port);
    const program = place.start({ first: telling(proxy.port) });
    await program.says(/"mode":"socket","msg":"ready"/);

    const ada = place.player('admin');
    // A form, a change in the cloud, and a card.
    await ada.types('policy payments nightly');
    await ada.form(/\*nightly\* \(payments\) · on/);
    await ada.pressesInForm('Disable');
    await ada.form(/✅ Policy nightly \(payments\) disabled/);
    await ada.closes();
    // A response_url, and a file.
    await ada.types('audit payments', APPROVALS);
    await ada.presses(await ada.hears(/Record of payments/, APPROVALS), 'Export as CSV…');
    await ada.form(/comma-separated/);
    await ada.handsIn();
    await ada.card(APPROVALS, /^Record of payments.*Exported by Ada Adeyemi/s);

    const ports = { slack: new URL(place.slack.url).port, cloud: new URL(place.simulator.url).port };
    expect(new Set(proxy.asked)).toEqual(
      new Set([`slack.test:${ports.slack}`, `127.0.0.1:${ports.slack}`, `cloud.test:${ports.cloud}`]),
    );
    const { stdout, stderr } = await program.signal('SIGTERM');
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/hunter2|"level":"(warn|error)"/);
  });

  it('goes around it to the hosts that are excepted', async () => {
    const proxy = await startConnectProxy();
    const place = await placeBehind(proxy.port, ['127.0.0.1']);
    const { url } = place.simulator;
    await place.change(({ projects }) => ({
      projects: projects.map((project) => ({ ...project, endpoints: { iam: url, vbs: url } })),
    }));
    const program = place.start({ first: telling(proxy.port) });
    await program.says(/"msg":"ready"/);
    await place.player('admin').typesAndHears('policies payments', /nightly · on/);
    expect(new Set(proxy.asked)).toEqual(new Set([`slack.test:${new URL(place.slack.url).port}`]));
    expect((await program.signal('SIGTERM')).stderr).toContain(`around the proxy: ${new URL(url).port}\n`);
  });

  it('says in its log why the proxy lets nothing through, without the password', async () => {
    const proxy = await startConnectProxy({ user: 'somebody:else' });
    const place = await placeBehind(proxy.port);
    const program = place.start();
    await program.says(
      /the proxy http:\/\/127\.0\.0\.1:\d+ wants to know who asks \(HTTP 407\)".*Slack cannot be reached over/,
    );
    expect((await program.signal('SIGTERM')).stdout).not.toContain('hunter2');
  });
});

describe('behind a proxy, the doctor', () => {
  it('finds all well where it lets everything through', async () => {
    const proxy = await startConnectProxy({ user: `bot:${PASSWORD}` });
    const place = await placeBehind(proxy.port);
    const { code, stdout } = await place.run('doctor');
    expect(stdout).toMatch(/\nAll is well\.\n$/);
    expect(code).toBe(0);
  });

  it('says for each call that the proxy refuses how to mend that, without the password', async () => {
    const proxy = await startConnectProxy({ user: 'somebody:else' });
    const place = await placeBehind(proxy.port);
    const { code, stdout } = await place.run('doctor');
    expect(code).toBe(1);
    const fault = `the proxy http://127.0.0.1:${proxy.port} wants to know who asks (HTTP 407)`;
    const remedy = '      → put a user and a password that it knows into proxy.url';
    expect(stdout).toContain(`FAIL  Slack bot token: ${fault}\n${remedy}\n`);
    expect(stdout).toContain(`FAIL  Endpoint iam of payments: ${place.cloud}: ${fault}\n${remedy}\n`);
    expect(stdout).not.toContain('hunter2');
  });

  it('notices that the proxy refuses only the host of Slack’s connections', async () => {
    const proxy = await startConnectProxy({ refused: '127.0.0.1' });
    const place = await placeBehind(proxy.port);
    const { code, stdout } = await place.run('doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(/ok {4}Slack bot token: /);
    expect(stdout).toMatch(
      /FAIL {2}Slack app token: the proxy \S+ refuses to connect to 127\.0\.0\.1 \(HTTP 403\)\n {6}→ have it let the bot/,
    );
  });
});
