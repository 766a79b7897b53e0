import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { VbsAuthError, VbsError } from '../../src/vbs/errors.ts';
import type { ScriptedAnswer } from '../support/http-server.ts';
import { password, rejection, scriptedCloud } from './cloud.ts';

test('no secret gets into an error, though the server echoes all of them', async () => {
  const echo = `${password} ${JSON.stringify(password)} ${encodeURIComponent(password)} token-1 token-2`;
  const answers: ScriptedAnswer[] = [
    { status: 400, json: { error: { code: echo, message: echo } }, headers: { 'X-Request-Id': 'token-1' } },
    { status: 403, text: `<pre>${echo}</pre>` },
    { status: 403, text: `<pre>${password.replaceAll('"', '&quot;')} ${password.replaceAll('"', '&#34;')}</pre>` },
    { status: 404, json: { error_code: 'x', error_msg: 'y', request_id: echo } },
    { status: 401, json: { error: { code: 401, message: echo } } },
    { status: 401, json: { error: { code: 401, message: echo } } },
    { status: 200, text: echo },
  ];
  const { client, events } = await scriptedCloud((_, nth) => answers[nth - 1] ?? {});
  const errors: unknown[] = [];
  for (let call = 1; call < answers.length; call++) errors.push(await rejection(client.sharings.cancel('s-1')));
  expect(errors.map((error) => error instanceof VbsError && error.name)).toEqual([
    'VbsApiError',
    'VbsApiError',
    'VbsApiError',
    'VbsApiError',
    'VbsAuthError',
    'VbsApiError',
  ]);
  const shown = inspect([errors, events], { depth: Infinity, showHidden: true }) + JSON.stringify([errors, events]);
  for (const secret of [
    password,
    JSON.stringify(password).slice(1, -1),
    encodeURIComponent(password),
    'staple',
    'token-1',
  ]) {
    expect(shown).not.toContain(secret);
  }
});

test('refused credentials name the project and the remedy, and no secret', async () => {
  const { client, tokenRequests } = await scriptedCloud(() => ({ json: {} }), {
    token: () => ({
      status: 401,
      json: { error: { code: 401, message: `wrong: ${password}`, title: 'Unauthorized' } },
    }),
  });
  const error = await rejection(client.policies.list());
  expect(error).toBeInstanceOf(VbsAuthError);
  expect(error).toMatchObject({
    message:
      'get a token of payments: POST /v3/auth/tokens → 401: wrong: [secret]. Check the credentials of payments in the settings: user bot of domain acme, its password, the project id, and that the user is enabled and has a role in the project. The next login is tried after 2026-01-05T08:01:00.000Z.',
    effect: 'none',
    status: 401,
  });
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(password);
  expect(tokenRequests()).toBe(1);
});
