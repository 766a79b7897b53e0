import { expect, test } from 'vitest';
import { explain } from '../../src/vbs/codes.ts';
import { VbsApiError, VbsSchemaError } from '../../src/vbs/errors.ts';
import type { ScriptedAnswer } from '../support/http-server.ts';
import { all, projectId, rejection, scriptedCloud, wireSharing } from './cloud.ts';

const sharingPath = `/v2/${projectId}/os-vendor-backup-sharing`;

async function apiErrorOf(answer: ScriptedAnswer): Promise<VbsApiError> {
  const { client } = await scriptedCloud(() => answer);
  const error = await rejection(client.sharings.get('s-1'));
  if (!(error instanceof VbsApiError)) throw error;
  return error;
}

function factsOf(error: VbsApiError) {
  const { kind, status, code, apiMessage, requestId, effect } = error;
  return { kind, status, code, apiMessage, requestId, effect };
}

test('a refusal names what was done, where, the status, the code and what the cloud said', async () => {
  const error = await apiErrorOf({
    status: 403,
    headers: { 'X-Request-Id': 'req-7' },
    json: { error: { code: 'VolumeBackup.0042', message: 'No rights.' } },
  });
  expect(error.message).toBe(`get a sharing of payments: GET ${sharingPath}/s-1 → 403 VolumeBackup.0042: No rights.`);
  expect(Object.fromEntries(Object.entries(error))).toEqual({
    kind: 'forbidden',
    answeredAt: expect.any(Date),
    operation: 'getSharing',
    project: 'payments',
    method: 'GET',
    path: `${sharingPath}/s-1`,
    status: 403,
    code: 'VolumeBackup.0042',
    apiMessage: 'No rights.',
    requestId: 'req-7',
    retryAfterMs: undefined,
    explanation: 'The bot’s user has no right to do this.',
    remedy: 'Ask the administrator of the cloud account to give the bot’s user the right to do it.',
    effect: 'none',
    name: 'VbsApiError',
  });
});

test.each<[string, ScriptedAnswer, ReturnType<typeof factsOf>]>([
  [
    'an error with code and message',
    { status: 400, json: { error: { code: 'AutoBackup.0102', message: 'Bad name.' } } },
    {
      kind: 'bad-request',
      status: 400,
      code: 'AutoBackup.0102',
      apiMessage: 'Bad name.',
      requestId: undefined,
      effect: 'none',
    },
  ],
  [
    'an OpenStack fault, with a number for a code',
    {
      status: 404,
      headers: { 'X-Openstack-Request-Id': 'req-8' },
      json: { itemNotFound: { code: 404, message: 'Gone.' } },
    },
    { kind: 'not-found', status: 404, code: '404', apiMessage: 'Gone.', requestId: 'req-8', effect: 'none' },
  ],
  [
    'error_code and error_msg, with the request id in the body',
    { status: 409, json: { error_code: 'APIGW.0301', error_msg: 'Not now.', request_id: 'req-9' } },
    {
      kind: 'conflict',
      status: 409,
      code: 'APIGW.0301',
      apiMessage: 'Not now.',
      requestId: 'req-9',
      effect: 'none',
    },
  ],
  [
    'Keystone’s error with a title',
    { status: 403, json: { error: { code: 403, message: 'You may not.', title: 'Forbidden' } } },
    { kind: 'forbidden', status: 403, code: '403', apiMessage: 'You may not.', requestId: undefined, effect: 'none' },
  ],
  [
    'a gateway’s page',
    { status: 404, text: '<html><style>b {}</style><body><h1>404</h1>\n<p>nginx</p></body></html>' },
    { kind: 'unreadable', status: 404, code: undefined, apiMessage: '404 nginx', requestId: undefined, effect: 'none' },
  ],
  [
    'no body at all',
    { status: 405 },
    {
      kind: 'bad-request',
      status: 405,
      code: undefined,
      apiMessage: undefined,
      requestId: undefined,
      effect: 'none',
    },
  ],
  [
    'JSON of no known shape',
    { status: 400, json: ['?'] },
    {
      kind: 'bad-request',
      status: 400,
      code: undefined,
      apiMessage: undefined,
      requestId: undefined,
      effect: 'none',
    },
  ],
])('%s becomes a typed error', async (_, answer, expected) => {
  expect(factsOf(await apiErrorOf(answer))).toEqual(expected);
});

test('a code that is only the status is not said twice', async () => {
  const error = await apiErrorOf({ status: 404, json: { itemNotFound: { code: 404, message: 'Gone.' } } });
  expect(error.message).toBe(`get a sharing of payments: GET ${sharingPath}/s-1 → 404: Gone.`);
});

test('the message of an endless page is cut', async () => {
  const error = await apiErrorOf({ status: 404, text: `<p>${'never '.repeat(10_000)}</p>` });
  expect(error.apiMessage).toHaveLength(300);
  expect(error.apiMessage).toMatch(/^never never .*…$/);
});

test.each([
  ['AutoBackup.0225', 'conflict'],
  ['AutoBackup.0205', 'not-found'],
  ['AutoBackup.0218', 'quota-exceeded'],
  ['VolumeBackup.0080', 'quota-exceeded'],
])('the code %s says more than the status 400 that it comes with', async (code, kind) => {
  expect(await apiErrorOf({ status: 400, json: { error: { code, message: '' } } })).toMatchObject({ kind, code });
});

test.each(['APIG.0101', 'APIGW.0101'])(
  'a call that the gateway does not know (%s) says nothing is gone',
  async (code) => {
    expect(await apiErrorOf({ status: 404, json: { error_code: code, error_msg: 'No such API.' } })).toMatchObject({
      kind: 'bad-request',
      explanation: 'The cloud’s address does not offer this.',
    });
  },
);

test.each([300, 301, 302, 307, 308])('a %i is followed nowhere, and says what to check', async (status) => {
  const { client, calls } = await scriptedCloud(() => ({ status, headers: { Location: '/v2/elsewhere' } }));
  expect(await rejection(client.sharings.get('s-1'))).toMatchObject({
    status,
    effect: 'none',
    explanation: 'The cloud’s address sends the bot elsewhere.',
    remedy: 'Check the project’s endpoints in the settings.',
  });
  expect(calls()).toHaveLength(1);
});

test('a 413 without a time to wait is a quota', async () => {
  for (const headers of [{}, { 'Retry-After': '0' }]) {
    const error = await apiErrorOf({ status: 413, headers, json: { overLimit: { code: 413, message: 'Quota.' } } });
    expect(factsOf(error)).toMatchObject({ kind: 'quota-exceeded', effect: 'none', apiMessage: 'Quota.' });
  }
});

test('a field that is missing is named with its operation', async () => {
  const { client } = await scriptedCloud(() => ({
    headers: { 'X-Request-Id': 'req-1' },
    json: { shared: [wireSharing('s-1'), wireSharing('s-2', { backup: { id: 'b-1', size: 1, volume_id: 'v' } })] },
  }));
  const error = await rejection(all(client.sharings.list()));
  expect(error).toBeInstanceOf(VbsSchemaError);
  expect(error).toMatchObject({
    message: `list sharings of payments: GET ${sharingPath}/detail → 200, but in the answer shared[1].backup.status is missing`,
    field: 'shared[1].backup.status',
    operation: 'listSharings',
    requestId: 'req-1',
    effect: 'none',
  });
});

test('a field of the wrong kind, a time that is none and an empty answer are named too', async () => {
  const answers: ScriptedAnswer[] = [
    { json: { shared: wireSharing('s-1', { to_project_id: 7 }) } },
    { json: { shared: wireSharing('s-1', { created_at: 'soon' }) } },
    {},
    { json: { shared: null } },
  ];
  const { client } = await scriptedCloud((_, nth) => answers[nth - 1] ?? {});
  const problems: string[] = [];
  for (const _ of answers) {
    const error = await rejection(client.sharings.get('s-1'));
    problems.push(error instanceof VbsSchemaError ? error.message.replace(/^.*in the answer /, '') : String(error));
  }
  expect(problems).toEqual([
    'shared.to_project_id is wrong: Invalid input: expected string, received number',
    'created_at is no time',
    'the body is missing',
    'shared is wrong: Invalid input: expected object, received null',
  ]);
});

test('nulls and unknown fields are fine', async () => {
  const sharing = wireSharing('s-1', { created_at: null, backup: null, deleted: null, novelty: { a: 1 } });
  const { client } = await scriptedCloud(() => ({ json: { shared: sharing, more: true } }));
  expect(await client.sharings.get('s-1')).toEqual({
    id: 's-1',
    backupId: 'b-1',
    fromProjectId: projectId,
    toProjectId: '722513ed0a324dadaabe5b2d0fe848b9',
    createdAt: undefined,
    backup: undefined,
  });
});

test('an unknown code has no explanation, and names of an object’s own are no codes', () => {
  expect([explain('VolumeBackup.9999'), explain(undefined), explain('constructor')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('every code of the contract is explained', () => {
  const volumeBackup = ['0005', '0010', '0011', '0012', '0013', '0021', '0040', '0042', '0044', '0053', '0080', '0081']
    .concat(['0111', '0113', '0206', '0209', '0900'])
    .map((number) => `VolumeBackup.${number}`);
  const autoBackup = ['0100', '0101', '0102', '0103', '0104', '0105', '0106', '0107', '0203', '0204', '0205', '1100']
    .concat(['0206', '0215', '0216', '0218', '0222', '0225', '0226'])
    .map((number) => `AutoBackup.${number}`);
  const unexplained = [...volumeBackup, ...autoBackup, 'common.0011'].filter((code) => explain(code) === undefined);
  expect(unexplained).toEqual([]);
});

test('the remedy of a code fits each of the operations that may end so', () => {
  const remedies = ['VolumeBackup.0021', 'VolumeBackup.0064', 'AutoBackup.0100', 'AutoBackup.0107', 'AutoBackup.0215'];
  expect(remedies.map((code) => explain(code)?.remedy)).toEqual([
    // Backing up by hand, or by a policy that still has the disk.
    'Choose one that is there; if a policy still has it, take it out of that.',
    // Sharing, restoring, or making this very backup.
    'Use another backup of the disk: an earlier one, or a new one.',
    // Changing or deleting.
    'Leave it, and use a policy of your own.',
    // Making a policy, or changing one; by number, or by days.
    'A new policy keeps 2 to 99 backups, one that is changed 2 to 14; or give 2 days or more.',
    // Making a policy, or adding to one.
    'Leave some out, or remove one that is there first.',
  ]);
});
