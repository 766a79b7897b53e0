import { expect, onTestFinished, test } from 'vitest';
import { createVbsClouds } from '../../src/clouds/vbs-clouds.ts';
import { CloudError } from '../../src/core/failure.ts';
import { startHttpServer } from '../support/http-server.ts';

const now = new Date('2026-01-05T08:00:00.000Z');

test('projects of one user try one login between them while the cloud refuses it, and each says when the next is', async () => {
  const server = await startHttpServer(() => ({ status: 401 }));
  const aliases = ['payments', 'analytics', 'staging'];
  const clouds = createVbsClouds(
    new Map(
      aliases.map((alias) => [
        alias,
        {
          project: { id: alias, name: alias },
          endpoints: { iam: server.url, vbs: server.url },
          credentials: { kind: 'password', user: 'bot', password: 'outdated', domain: 'acme' },
          now: () => now,
        },
      ]),
    ),
  );
  onTestFinished(async () => {
    await clouds.close();
    await server.close();
  });
  const errors = await Promise.all(
    aliases.map((alias) =>
      clouds
        .of(alias)
        .policies()
        .catch((error) => error),
    ),
  );
  expect(errors).toEqual(aliases.map(() => expect.any(CloudError)));
  expect(errors.map(({ failure }) => failure)).toEqual(
    // The one that was refused lets the others try before.
    [120_000, 60_000, 60_000].map((ms, place) => ({
      kind: 'credentials',
      remedy: expect.stringContaining(`Check the credentials of ${aliases[place]} `),
      nextTryAt: new Date(now.getTime() + ms),
    })),
  );
  expect(server.requests).toHaveLength(1);
});
