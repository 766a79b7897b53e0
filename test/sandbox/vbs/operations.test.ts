import { expect, test } from 'vitest';
import { BACKUP, POLICY, sendRaw, startCloud, UNKNOWN } from './cloud.ts';

const SHARINGS = 'os-vendor-backup-sharing';
const POLICY_PATH = `backuppolicy/${POLICY}`;
const native = ['v2', 'v3'].flatMap((version) => [
  `POST ${version} backups`,
  `GET ${version} backups`,
  `GET ${version} backups/detail`,
  `GET ${version} backups/${BACKUP}`,
  `DELETE ${version} backups/${BACKUP}`,
  `POST ${version} backups/${BACKUP}/restore`,
]);

/** Every operation of the API's reference. */
const operations = [
  `POST v2 ${SHARINGS}`,
  `GET v2 ${SHARINGS}/detail`,
  `GET v2 ${SHARINGS}/count`,
  `GET v2 ${SHARINGS}/${UNKNOWN}`,
  `DELETE v2 ${SHARINGS}/${UNKNOWN}`,
  'POST v2 cloudbackups',
  `POST v2 cloudbackups/${BACKUP}`,
  `POST v2 cloudbackups/${BACKUP}/restore`,
  'GET v2 cloudbackups/quota',
  ...native,
  `GET v1 jobs/${UNKNOWN}`,
  'POST v2 backuppolicy',
  'GET v2 backuppolicy',
  `PUT v2 ${POLICY_PATH}`,
  `DELETE v2 ${POLICY_PATH}`,
  'POST v2 backuppolicyresources',
  `POST v2 backuppolicyresources/${POLICY}/deleted_resources`,
  `POST v2 ${POLICY_PATH}/action`,
  `GET v2 ${POLICY_PATH}/backuptasks`,
  `POST v2 ${POLICY_PATH}/tags`,
  `DELETE v2 ${POLICY_PATH}/tags/key`,
  `GET v2 ${POLICY_PATH}/tags`,
  'GET v2 backuppolicy/tags',
  `POST v2 ${POLICY_PATH}/tags/action`,
  'POST v2 backuppolicy/resource_instances/action',
];

test('every operation of the reference is served, each by a route of its own, to whoever says who asks', async () => {
  const { sim } = await startCloud();
  for (const operation of operations) {
    const [method = '', version, path] = operation.split(' ');
    await sendRaw(sim, `/${version}/${'1'.repeat(32)}/${path}`, { method });
  }
  const log = sim.log();
  expect(log.map(({ status }) => status)).toEqual(operations.map(() => 401));
  // The native ones have one name in both versions.
  expect(new Set(log.map(({ route }) => route)).size).toBe(operations.length - native.length / 2);
});
