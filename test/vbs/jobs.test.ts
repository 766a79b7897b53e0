import { expect, test } from 'vitest';
import { VbsSchemaError } from '../../src/vbs/errors.ts';
import { projectId, rejection, scriptedCloud } from './cloud.ts';

test('a job is read with its sub-jobs', async () => {
  const wire = {
    status: 'FAIL',
    entities: { bks_create_volume_name: 'autobk_volume', backup_id: 'b-1', volume_id: 'v-1', snapshot_id: 'sn-1' },
    job_id: '4010b39b5281d3590152874bfa3b1604',
    job_type: 'bksCreateBackup',
    begin_time: '2016-01-28T16:14:09.466Z',
    end_time: '2016-01-28T16:25:27.690Z',
    error_code: 'VolumeBackup.0064',
    fail_reason: 'The backup status is error.',
  };
  const { client, calls } = await scriptedCloud(() => ({
    json: { ...wire, sub_jobs: [{ job_id: 'j-2', status: 'INIT', entities: null, error_code: '', sub_jobs: [] }] },
  }));
  const nothing = {
    type: undefined,
    beganAt: undefined,
    endedAt: undefined,
    errorCode: undefined,
    failReason: undefined,
    backupId: undefined,
    volumeId: undefined,
    snapshotId: undefined,
    volumeName: undefined,
  };
  expect(await client.jobs.get(wire.job_id)).toEqual({
    id: wire.job_id,
    type: 'bksCreateBackup',
    status: 'FAIL',
    beganAt: new Date('2016-01-28T16:14:09.466Z'),
    endedAt: new Date('2016-01-28T16:25:27.690Z'),
    errorCode: 'VolumeBackup.0064',
    failReason: 'The backup status is error.',
    backupId: 'b-1',
    volumeId: 'v-1',
    snapshotId: 'sn-1',
    volumeName: 'autobk_volume',
    subJobs: [{ id: 'j-2', status: 'INIT', ...nothing, subJobs: [] }],
  });
  expect(calls()).toEqual([`GET /v1/${projectId}/jobs/${wire.job_id}`]);
});

test('a sub-job without a status is named by its place', async () => {
  const { client } = await scriptedCloud(() => ({
    json: { job_id: 'j-1', status: 'RUNNING', sub_jobs: [{ job_id: 'j-2', status: 'INIT' }, { job_id: 'j-3' }] },
  }));
  expect(await rejection(client.jobs.get('j-1'))).toMatchObject({ field: 'sub_jobs[1].status' });
});

test('sub-jobs without an end are told as an answer that can’t be read', async () => {
  const deep = 20_000;
  const { client } = await scriptedCloud(() => ({
    text: `${'{"job_id": "j-1", "status": "INIT", "sub_jobs": ['.repeat(deep)}${']}'.repeat(deep)}`,
  }));
  const error = await rejection(client.jobs.get('j-1'));
  expect(error).toBeInstanceOf(VbsSchemaError);
  expect(error).toMatchObject({ field: 'the body', operation: 'getJob', effect: 'none' });
});

test('a job that can’t be queried says what to do', async () => {
  const { client } = await scriptedCloud(() => ({
    status: 400,
    json: { error: { code: 'common.0011', message: 'Failed to query the task.' } },
  }));
  expect(await rejection(client.jobs.get('j-1'))).toMatchObject({
    code: 'common.0011',
    explanation: 'The cloud can’t tell about this job.',
  });
});
