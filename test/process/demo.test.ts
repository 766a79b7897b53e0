import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEMO_CHANNELS, DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { eventually, person, sandboxCall } from '../support/slack-person.ts';
import { temporaryFolder } from './place.ts';
import { Program, run } from './program.ts';

const ADDRESS = /^Sandbox: (http:\/\/127\.0\.0\.1:(\d+))\n$/;
const state = z.object({
  users: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
  channels: z.array(z.object({ id: z.string(), name: z.string(), members: z.array(z.string()) })),
  bot: z.object({ user_id: z.string(), connected: z.boolean() }),
});

describe('vbs-chatops demo', () => {
  it('prints one line once the bot is connected, with people in every role, and ends on SIGTERM', async () => {
    const folder = await temporaryFolder();
    const demo = new Program(['demo', '--port', '0'], { cwd: folder });
    const [, url = ''] = await demo.says(ADDRESS);
    const { users, channels, bot } = state.parse(await sandboxCall(url, 'GET /state'));
    expect(bot.connected).toBe(true);
    expect(users.map(({ role }) => role)).toEqual(Object.values(DEMO_PEOPLE).map(({ role }) => role));
    for (const role of [/^requester/, /^approver of payments$/, /^operator/, /^nobody/]) {
      expect(users.some((user) => role.test(user.role))).toBe(true);
    }
    expect(channels.map(({ id }) => id)).toEqual(Object.values(DEMO_CHANNELS).map(({ id }) => id));
    const robin = person(url, DEMO_PEOPLE.requester.id);
    expect((await robin.command(DEMO_CHANNELS.general.id, 'help')).response).toMatchObject({
      text: expect.stringContaining('/vbs share'),
    });

    const { code, stdout, stderr, ms } = await demo.signal('SIGTERM');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(ADDRESS);
    expect(ms).toBeLessThan(10_000);
  });

  it('goes on with --keep on any free port where the last demo was killed', { timeout: 120_000 }, async () => {
    const folder = await temporaryFolder();
    const begin = async (...options: string[]) => {
      const demo = new Program(['demo', '--port', '0', ...options], { cwd: folder });
      const [, url = '', port = ''] = await demo.says(ADDRESS);
      const olga = person(url, DEMO_PEOPLE.firstOwner.id);
      const channel = DEMO_CHANNELS.paymentsApprovals.id;
      return { demo, port, olga, channel, card: async () => (await olga.messages(channel))[0] };
    };
    const { demo, port, olga, channel, card } = await begin();
    await olga.click({ channel, ts: (await card())?.ts ?? '', action_id: 'share:approve' });
    await eventually(async () => (await card())?.text.startsWith('✅ Shared'));
    const shared = await card();
    await demo.signal('SIGKILL');
    const again = await begin('--keep');
    expect({ port: again.port, text: (await again.card())?.text }).toEqual({ port, text: shared?.text });
    await again.olga.command(channel, 'shares payments');
    const list = await eventually(async () =>
      (await again.olga.messages(channel)).find(({ text }) => text.includes('Shared by payments')),
    );
    expect(list.text).toMatch(/✅ Shared: \*payments-reports-\d+\* with analytics/);
  });

  it('plays the story, prints what each person sees, and ends with 0', { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await run(['demo', '--port', '0', '--play'], { cwd: await temporaryFolder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const steps = [
      /^Sandbox: http:\/\/127\.0\.0\.1:\d+$/m,
      /Robin types \/vbs share payments/,
      /⏳ Waiting for 1 more approval: share db-release-\d+ \(payments\) with analytics/,
      /payments-approvals, seen by Nia alone/,
      /Olga, an owner of payments, clicks Approve/,
      /✅ Shared: db-release-\d+ \(payments\) with analytics/,
      /Robin gets a direct message/,
      /Omar types \/vbs run payments nightly/,
      /❌ payments-db-2 \(100 GiB\) · failed after/,
      /ledger-hourly/,
      /│ Shared by payments, 1–\d+ of \d+ · newest first\n.*│ ✅ Shared: db-release-\d+ with analytics\n/,
      /The end\./,
    ];
    const places = steps.map((step) => stdout.search(step));
    expect(places.filter((place) => place < 0).length, stdout).toBe(0);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  it('says that its port is taken, and leaves the demo that has it alone', async () => {
    const cwd = await temporaryFolder();
    const first = new Program(['demo', '--port', '0'], { cwd });
    const [, url = '', port = ''] = await first.says(ADDRESS);
    const { code, stdout, stderr } = await run(['demo', '--port', port], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `the demo on port ${port} → the port is taken: set --port to a free one, or to 0\n`,
    });
    expect(
      (await person(url, DEMO_PEOPLE.operator.id).command(DEMO_CHANNELS.general.id, 'requests')).ack_ms,
    ).toBeLessThan(3_000);
    expect(first.stderr).toBe('');
  });
});
