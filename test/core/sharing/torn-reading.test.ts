import pg from 'pg';
import { expect, it } from 'vitest';
import { AlreadyDecided } from '../../../src/core/errors.ts';
import { OWNER } from '../../support/core-world.ts';
import { onPostgres } from '../../support/databases.ts';
import { eventually } from '../../support/slack-person.ts';
import { SharingScene } from './sharing-scene.ts';

onPostgres('a decision that is committed while somebody reads the request and its votes', (database) => {
  const scene = new SharingScene(database);

  it('is what its owner hears of at a second click', async () => {
    const { id } = await scene.ask();
    const other = new pg.Client({ connectionString: scene.world.databaseUrl });
    await other.connect();
    await other.query('begin; lock table share_votes in access exclusive mode');
    const at = scene.world.core.clock.now().toISOString();
    await other.query(
      "insert into share_votes (request_id, side, user_id, kind, at) values ($1, 'source', $2, 'approve', $3)",
      [id, OWNER, at],
    );
    await other.query("update share_requests set state = 'approved' where id = $1", [id]);

    const second = scene.approve(id).catch((error: unknown) => error);
    await eventually(async () => {
      const waiting = await other.query(
        "select 1 from pg_locks where relation = 'share_votes'::regclass and not granted",
      );
      return waiting.rowCount === 1;
    });
    await other.query('commit');
    await other.end();
    const refusal = await second;
    expect(refusal).toBeInstanceOf(AlreadyDecided);
    expect(refusal).toMatchObject({ state: 'approved', own: true });
  });
});
