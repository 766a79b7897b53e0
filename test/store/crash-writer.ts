/** Writes to the store at the address in the first argument until it is killed; says each number that it committed. */
import { openStore } from '../../src/store/store.ts';
import { anEntry, aRequest, claimAt } from './samples.ts';

const store = await openStore({ url: process.argv[2] ?? '' });
await store.shareRequests.insert(aRequest({ id: 'HELD', state: 'approved' }), 'HELD');
await store.shareRequests.claimDue(claimAt());
for (let number = 0; ; number += 1) {
  await store.transaction(async ({ shareRequests, audit }) => {
    await shareRequests.insert(aRequest({ id: `R${number}` }), `R${number}`);
    await audit.write(anEntry({ subject: `R${number}` }));
  });
  process.stdout.write(`${number}\n`);
}
