import { expect, test } from 'vitest';
import { createDirectory } from '../../src/slack/directory.ts';
import { answeringClient } from '../../src/slack/slack-client.ts';
import { recordingLog, startSandbox } from './bot-in-sandbox.ts';
import { movedClock } from './delivery/cards-in-sandbox.ts';

async function startDirectory() {
  const sandbox = await startSandbox();
  const clock = movedClock();
  const client = answeringClient({ botToken: sandbox.tokens.bot, apiUrl: sandbox.apiUrl }, recordingLog());
  const asked = () => sandbox.log().filter((line) => JSON.stringify(line).includes('usergroups.users.list')).length;
  const fail = () =>
    sandbox.setFaults({ slack: { 'usergroups.users.list': { kind: 'http', status: 503, times: 'until_cleared' } } });
  return { sandbox, clock, asked, fail, directory: createDirectory({ client, clock }) };
}

test('a group is asked for once a minute, and once for all who wait', async () => {
  const { directory, clock, asked } = await startDirectory();

  const answers = await Promise.all([directory.membersOf('S1'), directory.membersOf('S1'), directory.membersOf('S1')]);
  clock.forward(59_000);
  await directory.membersOf('S1');

  expect(answers.map((members) => [...members])).toEqual([
    ['U2', 'U3'],
    ['U2', 'U3'],
    ['U2', 'U3'],
  ]);
  const before = asked();
  clock.forward(2_000);
  await directory.membersOf('S1');
  expect(asked()).toBe(2 * before);
});

test('while Slack is away nobody keeps a right for longer than five minutes', async () => {
  const { directory, clock, fail } = await startDirectory();
  await directory.membersOf('S1');
  await fail();

  clock.forward(4 * 60_000);
  expect([...(await directory.membersOf('S1'))]).toEqual(['U2', 'U3']);
  clock.forward(61_000);
  await expect(directory.membersOf('S1')).rejects.toThrow();
});

test('a group that was never known is not made up', async () => {
  const { directory, fail } = await startDirectory();
  await fail();

  await expect(directory.membersOf('S1')).rejects.toThrow();
});
