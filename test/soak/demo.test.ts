import { describe, expect, it } from 'vitest';
import { DEMO_CHANNELS, DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { temporaryFolder } from '../process/place.ts';
import { Program, run } from '../process/program.ts';
import { eventually, person } from '../support/slack-person.ts';

const ADDRESS = /^Sandbox: (http:\/\/127\.0\.0\.1:(\d+))\n$/;

describe('vbs-chatops demo', () => {
  it('goes on with --keep on any free port where the last demo was killed', async () => {
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

  it('plays the story, prints what each person sees, and ends with 0', async () => {
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
