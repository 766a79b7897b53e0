import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { ReplayGuard } from '../../src/slack/replay-guard.ts';
import { recordingLog } from './bot-in-sandbox.ts';
import { movedClock } from './delivery/cards-in-sandbox.ts';

async function guarded(listener: RequestListener) {
  const clock = movedClock();
  const log = recordingLog();
  const server = createServer(new ReplayGuard(clock, log).wrap(listener));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const send = async (signature: string, aheadS = 0) => {
    const stamp = String(Math.floor(clock.now().getTime() / 1_000) + aheadS);
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': stamp };
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers });
    return `${answer.status} ${await answer.text()}`.trim();
  };
  return { clock, log, send };
}

test('a signature is good for one request, and forgotten once its stamp is too old to pass anyway', async () => {
  const { clock, send } = await guarded((_request, response) => void response.end());

  const answers = [await send('v0=1'), await send('v0=1'), await send('v0=2')];
  clock.forward(601_000);

  expect([...answers, await send('v0=1')]).toEqual(['200', '401 this request was taken already', '200', '200']);
});

test('a signature that was found to be false does not bar the true request', async () => {
  let refuse = true;
  const { send } = await guarded((_request, response) => {
    response.writeHead(refuse ? 401 : 200).end();
    refuse = false;
  });

  expect([await send('v0=1'), await send('v0=1')]).toEqual(['401', '200']);
});

test('a stamp of the future is refused, and the log names the clock, which may be behind', async () => {
  const { log, send } = await guarded((_request, response) => void response.end());

  expect([await send('v0=1', 290), await send('v0=2', 720)]).toEqual(['200', '401 the timestamp lies in the future']);
  expect(log.lines).toEqual([
    {
      level: 'warn',
      about: { aheadS: expect.any(Number) },
      message: 'a request of Slack was refused: it bears a time to come, or the clock here is behind',
    },
  ]);
});
