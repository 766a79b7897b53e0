import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { SlackSandboxOptions } from '../../src/sandbox/slack/workspace.ts';
import { MANIFEST } from '../support/manifest.ts';
import { complaints, endpoint, examine, nobody, OWNER, settings, workspace } from './examination.ts';

describe('in Slack the doctor finds', () => {
  test('tokens that do not work, and asks nothing more with them', async () => {
    const { apiUrl } = await workspace({ tokens: { bot: 'xoxb-other', app: 'xapp-other' } });
    expect(await complaints(settings({ apiUrl, cloud: await endpoint() }))).toEqual([
      'FAIL  Slack bot token: Slack refuses: invalid_auth',
      '→ copy the token again from the settings of the app, and restart the bot',
      'FAIL  Slack app token: Slack refuses: invalid_auth',
      '→ copy the token again from the settings of the app, and restart the bot',
    ]);
  });

  test('tokens of two apps', async () => {
    const tokens = { bot: 'xoxb-1-hunter2', app: 'xapp-1-hunter2', appId: 'A0OTHER' };
    const { apiUrl } = await workspace({ tokens });
    expect(await complaints(settings({ apiUrl, cloud: await endpoint() }))).toEqual([
      'FAIL  Slack app token: the token is of the app A0OTHER, the bot token of the app A0SANDBOX',
      '→ take both tokens from the settings of the same app',
    ]);
  });

  test.each([
    [12 * 60_000, '12 min ahead of'],
    [-50_000, '50 s behind'],
  ])('a clock that differs from its own by %i ms', async (ms, words) => {
    const { apiUrl } = await workspace();
    const now = () => new Date(Date.now() + ms);
    const [first, remedy] = await complaints(settings({ apiUrl, cloud: await endpoint() }), { now });
    // The date of an answer is in whole seconds, rounded down.
    expect(first?.replace('49 s', '50 s')).toBe(`FAIL  Clock: the clock of this machine is ${words} Slack's`);
    expect(remedy).toContain('set it by NTP');
  });

  test('scopes that the token lacks', async () => {
    const manifest = parse(MANIFEST.replace(/ +- (usergroups:read|im:history)\n/g, ''));
    const { apiUrl } = await workspace({ manifest });
    expect(await complaints(settings({ apiUrl, cloud: await endpoint() }))).toEqual([
      'FAIL  Slack scopes: the token lacks usergroups:read (to know who belongs to a user group)',
      '→ add them to the app under OAuth & Permissions, or update its manifest, then reinstall it to the workspace',
      'FAIL  User group S0OWNERS (approver of payments): Slack refuses: missing_scope, needed: usergroups:read',
      '→ add the scope to the app and reinstall it to the workspace',
    ]);
  });

  test('no fault in a token without the optional scopes', async () => {
    const { apiUrl } = await workspace({ manifest: parse(MANIFEST.replace(/ +- im:history\n/g, '')) });
    const { well, lines } = await examine(settings({ apiUrl, cloud: await endpoint() }));
    expect(well).toBe(true);
    expect(lines).toContain('ok    Slack scopes: all 8; without the optional im:history');
  });

  test('channels that are not there, archived, or without the bot', async () => {
    const cloud = await endpoint();
    const found = async (channels: SlackSandboxOptions['channels']) => {
      const { apiUrl } = await workspace({ channels });
      return complaints(settings({ apiUrl, cloud }));
    };
    const members = [OWNER];
    expect(await found([{ id: 'C0APPROVALS', name: 'approvals', members, is_archived: true }])).toEqual([
      'FAIL  Channel C0APPROVALS (approvals of payments): #approvals is archived',
      '→ unarchive it, or set another channel',
      'FAIL  Channel C0ALERTS (alerts of payments): there is no such channel, or it is private and the bot is not a member',
      '→ check the id; if the channel is private, write /invite and the name of the bot there',
    ]);
    expect(
      await found([
        { id: 'C0APPROVALS', name: 'approvals', members, bot_is_member: false },
        { id: 'C0ALERTS', name: 'alerts', members, bot_is_member: false, is_private: true },
      ]),
    ).toEqual([
      'FAIL  Channel C0APPROVALS (approvals of payments): the bot is not a member of #approvals',
      '→ write /invite and the name of the bot there',
      'FAIL  Channel C0ALERTS (alerts of payments): there is no such channel, or it is private and the bot is not a member',
      '→ check the id; if the channel is private, write /invite and the name of the bot there',
    ]);
  });

  test('approvers who left, are apps or are not there', async () => {
    const people = [
      { id: OWNER, name: 'First Owner', role: 'approver', deleted: true },
      { id: 'U0APP', name: 'Other App', role: 'app', is_bot: true },
    ];
    const { apiUrl } = await workspace({ people, usergroups: [] });
    expect(await complaints(settings({ apiUrl, cloud: await endpoint(), approver: `${OWNER}, U0APP` }))).toEqual([
      'FAIL  Member U0OWNER (approver of payments): First Owner is deactivated',
      '→ take the id out of the settings, or name a successor',
      'FAIL  Member U0APP (approver of payments): Other App is an app, which cannot click',
      '→ name a person instead',
      'FAIL  Member U0OPERATOR (operator of payments): there is no such member',
      '→ copy the id again: the profile, ⋮, Copy member ID',
      'FAIL  User group S0OWNERS (approver of payments): there is no such user group',
      '→ copy the id again: the user group, ⋮, Copy group ID',
    ]);
  });

  test.each([
    [{ id: 'S0OWNERS', handle: 'owners', date_delete: 1_700_000_000, users: [OWNER] }, '@owners is disabled'],
    [{ id: 'S0OWNERS', handle: 'owners', date_delete: 0, users: [] }, '@owners has no members'],
  ])('a user group that nobody can act for: %o', async (group, detail) => {
    const { apiUrl } = await workspace();
    const fetchWithGroup: typeof fetch = async (url, init) =>
      new Request(url).url.endsWith('usergroups.list')
        ? Response.json({ ok: true, usergroups: [group] })
        : fetch(url, init);
    const text = settings({ apiUrl, cloud: await endpoint() });
    const [first] = await complaints(text, { fetch: fetchWithGroup });
    expect(first).toBe(`FAIL  User group S0OWNERS (approver of payments): ${detail}`);
  });

  test('that Slack is out of reach, answers an error, or asks to wait', async () => {
    const cloud = await endpoint();
    const [unreached] = await complaints(settings({ apiUrl: `${await nobody()}/`, cloud }));
    expect(unreached).toMatch(/^FAIL {2}Slack bot token: Slack cannot be reached: connect ECONNREFUSED /);
    const sandbox = await workspace();
    await sandbox.setFaults({ slack: { 'auth.test': { kind: 'rate_limit', retry_after: 7, times: 1 } } });
    expect(await complaints(settings({ apiUrl: sandbox.apiUrl, cloud }))).toEqual([
      'FAIL  Slack bot token: Slack asks to wait 7 s',
      '→ wait for that long and try again',
    ]);
    expect((await complaints(settings({ apiUrl: `${await endpoint(502)}/`, cloud })))[0]).toBe(
      'FAIL  Slack bot token: Slack answers HTTP 502',
    );
  });
});
