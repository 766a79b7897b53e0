import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEMO_CHANNELS, DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { person, sandboxCall } from '../support/slack-person.ts';
import { temporaryFolder } from './place.ts';
import { Program } from './program.ts';

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
});
