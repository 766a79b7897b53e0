import { afterEach, describe, expect, it } from 'vitest';
import { vbsBackupService } from '../../src/clouds/vbs-backup-service.ts';
import { CloudError } from '../../src/core/failure.ts';
import { createVbsClient } from '../../src/vbs/client.ts';
import { type Script, type ScriptedServer, startHttpServer } from '../support/http-server.ts';

const ID = '8332443e-0a3f-4b43-8ff5-4a44ad5a7a2b';
const token = {
  status: 201,
  headers: { 'x-subject-token': 'a-token' },
  json: { token: { expires_at: '2099-01-01T00:00:00.000000Z' } },
};

describe('a call that changes something', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function begin(script: Script) {
    const server: ScriptedServer = await startHttpServer(script);
    const client = createVbsClient({
      project: { id: '0'.repeat(32), name: 'payments' },
      endpoints: { iam: server.url, vbs: server.url },
      credentials: { kind: 'password', user: 'u', password: 'p', domain: 'd' },
    });
    open.push(server, client);
    return { server, client, cloud: vbsBackupService(client, { writeWithinMs: 150 }) };
  }

  it('is given up in time, so that nothing of it happens after somebody else has looked', async () => {
    const { cloud, client, server } = await begin(({ path }) =>
      path.endsWith('/auth/tokens') ? token : { hang: 'at once' },
    );
    await client.checkCredentials();
    for (const write of [() => cloud.share(ID, [ID]), () => cloud.stopSharing(ID), () => cloud.executePolicy(ID)]) {
      expect(await failureOf(write())).toMatchObject({ effect: 'unknown', failure: { kind: 'answer_lost' } });
    }
    expect(server.requests).toHaveLength(4);
  });

  it('is not sent any more where it had to wait too long for a token', async () => {
    const { cloud, server } = await begin(() => ({ hang: 'at once' }));
    expect(await failureOf(cloud.share(ID, [ID]))).toMatchObject({ effect: 'none', again: {} });
    expect(server.count('POST', /backup-sharing/)).toBe(0);
  });

  it('is given up at once when the bot stops', async () => {
    const { cloud } = await begin(({ path }) => (path.endsWith('/auth/tokens') ? token : { hang: 'at once' }));
    const stop = new AbortController();
    const call = failureOf(cloud.share(ID, [ID], stop.signal));
    stop.abort(new Error('shutting down'));
    expect(await call).toMatchObject({ effect: 'none' });
  });
});

async function failureOf(call: Promise<unknown>): Promise<CloudError> {
  const thrown: unknown = await call.catch((error: unknown) => error);
  if (!(thrown instanceof CloudError)) throw new Error(`no CloudError but ${String(thrown)}`);
  return thrown;
}
