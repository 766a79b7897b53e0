import { expect, test } from 'vitest';
import { VbsInputError } from '../../src/vbs/errors.ts';
import { projectId, rejection, scriptedCloud } from './cloud.ts';

const sharingPath = `/v2/${projectId}/os-vendor-backup-sharing`;

test.each(['', '.', '..', '...'])('the id %j, which would lead to another path, is not sent', async (id) => {
  const { client, server } = await scriptedCloud(() => ({ json: {} }));
  const error = await rejection(client.sharings.cancel(id));
  expect(error).toBeInstanceOf(VbsInputError);
  expect(error).toMatchObject({
    message: `cancel a sharing of payments: DELETE /v2/{project_id}/os-vendor-backup-sharing/{sharing_id} → not sent, since sharing_id is empty or made of dots`,
    effect: 'none',
  });
  expect(server.requests).toEqual([]);
});

test('hostile ids stay inside their place in the path', async () => {
  const { client, calls } = await scriptedCloud(() => ({ status: 404 }));
  const ids = ['../../backups', 'a/b', 'a%2fb', 'a b?is_backup_id=true#x', 'ü\r\nX-Evil: 1'];
  for (const id of ids) await rejection(client.sharings.cancel(id));
  expect(calls()).toEqual([
    `DELETE ${sharingPath}/..%2F..%2Fbackups`,
    `DELETE ${sharingPath}/a%2Fb`,
    `DELETE ${sharingPath}/a%252fb`,
    `DELETE ${sharingPath}/a%20b%3Fis_backup_id%3Dtrue%23x`,
    `DELETE ${sharingPath}/%C3%BC%0D%0AX-Evil%3A%201`,
  ]);
});
