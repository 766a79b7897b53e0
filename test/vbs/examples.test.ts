import { readdir, readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { backUpNow } from '../../src/vbs/examples/back-up-now.ts';
import { connect } from '../../src/vbs/examples/connect.ts';
import { failedBackups } from '../../src/vbs/examples/failed-backups.ts';
import { nightlyPolicy } from '../../src/vbs/examples/nightly-policy.ts';
import { shareOnce } from '../../src/vbs/examples/share-once.ts';
import { all } from './cloud.ts';
import { ids, region, start } from './contract/region.ts';

const folder = new URL('../../src/vbs/', import.meta.url);

test('the README shows each example as it is run here', async () => {
  const readme = await readFile(new URL('README.md', folder), 'utf8');
  const files = await readdir(new URL('examples/', folder));
  expect(files).toHaveLength(5);
  for (const file of files) {
    const example = await readFile(new URL(`examples/${file}`, folder), 'utf8');
    expect(readme).toContain(`\`\`\`ts\n${example.replace("'../vbs.ts'", "'vbs-chatops/vbs'")}\`\`\`\n`);
  }
});

test('the README names every call of the client', async () => {
  const readme = await readFile(new URL('README.md', folder), 'utf8');
  const { client } = await region();
  for (const [resource, calls] of Object.entries(client)) {
    if (typeof calls === 'function') continue;
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${resource}\` |`));
    const named = [...(row ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name).slice(1);
    expect([resource, new Set(named)]).toEqual([resource, new Set(Object.keys(calls))]);
  }
});

test('connects by what the environment names', async () => {
  const { sim } = await region();
  const client = connect({
    PROJECT_ID: ids.payments,
    IAM_URL: sim.iamUrl,
    VBS_URL: sim.vbsUrl,
    OS_USERNAME: 'owner',
    OS_PASSWORD: 'pw-owner',
    OS_DOMAIN: 'Default',
  });
  onTestFinished(() => client.close());
  await client.checkCredentials();
});

test('tells which backups failed and why', async () => {
  const { sim, client } = await region();
  sim.plant({
    backups: ['one', 'two', 'three'].map((name) => ({
      disk: 'logs',
      name,
      status: 'error',
      createdAt: start,
      failReason: `${name} is broken`,
    })),
  });
  const lines = await failedBackups(client, 2);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^(\w+): \1 is broken$/);
});

test('shares a backup once, also when the answer is lost', async () => {
  const { sim, client } = await region();
  sim.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_after', times: 1 }] });
  const first = await shareOnce(client, ids.backup, ids.analytics);
  expect(first).toMatchObject({ backupId: ids.backup, toProjectId: ids.analytics });
  expect(await shareOnce(client, ids.backup, ids.analytics)).toEqual(first);
  expect(await all(client.sharings.list({ backupId: ids.backup }))).toHaveLength(1);
});

test('says that a share was not done when it never arrived', async () => {
  const { sim, client } = await region();
  sim.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_before', times: 1 }] });
  expect(await shareOnce(client, ids.backup, ids.analytics)).toBeUndefined();
});

test('backs a disk up and follows the job, or says why it can’t', async () => {
  const { sim, client } = await region();
  const wait = async (ms: number) => sim.clock.advance(ms);
  expect(await backUpNow(client, ids.logs, wait)).toMatch(/^backup [0-9a-f-]{36} is made$/);
  sim.setFaults({ failNextBackup: { diskId: ids.logs, code: 'VolumeBackup.0029', reason: 'It broke.' } });
  expect(await backUpNow(client, ids.logs, wait)).toBe('failed: It broke.');
  sim.setFaults({ failNextBackup: { diskId: ids.logs, code: '', reason: '' } });
  expect(await backUpNow(client, ids.logs, wait)).toBe('failed: no reason told');
  expect(await backUpNow(client, ids.unknown, wait)).toBe(
    'The disk does not exist any more. Choose one that is there; if a policy still has it, take it out of that.',
  );
});

test('makes a policy and puts disks into it, each with its own outcome', async () => {
  const { client } = await region();
  expect(await nightlyPolicy(client, [ids.logs, ids.unknown])).toEqual([
    expect.stringMatching(new RegExp(`^${ids.unknown}: .+`)),
  ]);
  expect(await client.policies.list()).toContainEqual(
    expect.objectContaining({ name: 'nightly-week', volumeCount: 1, keepLast: 7, timeZone: 'UTC+01:00' }),
  );
});
