import { expect, it, onTestFinished } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../process/tcp-proxy.ts';
import { startBotWorld } from '../support/bot-world.ts';
import { onPostgres, type TestDatabase } from '../support/databases.ts';
import { asksFor } from './acts.ts';

/** The same database behind a way that can be cut. */
function behindProxy(database: TestDatabase, take: (proxy: TcpProxy) => void): TestDatabase {
  return {
    name: database.name,
    async create() {
      const { url, drop } = await database.create();
      const through = new URL(url);
      const proxy = await startTcpProxy(Number(through.port));
      take(proxy);
      through.port = String(proxy.port);
      return { url: through.href, drop };
    },
  };
}

onPostgres('while PostgreSQL is away', (database) => {
  it('people read that nothing was changed, and can go on where they were once it is back', async () => {
    let cut = () => {};
    let mend = () => {};
    const world = await startBotWorld({
      // A card that was being shown when the database went away is free again after that.
      timing: { leaseMs: 2_000 },
      database: behindProxy(database, (proxy) => {
        cut = () => proxy.cut();
        mend = () => proxy.mend();
      }),
    });
    onTestFinished(() => world.close());
    const robin = world.player('requester');
    const olga = world.player('firstOwner');
    const id = world.backup('db-away');
    const card = await asksFor(robin, olga, { backup: 'db-away' });

    cut();
    const away = /^⚠️ The bot cannot reach its database now, so nothing was changed\. Try again in a minute/;
    await robin.typesAndHears('requests', away);
    await olga.presses(card, 'Approve');
    await olga.hears(away, card.channel);
    mend();

    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    world.takeErrors();
  });
});
