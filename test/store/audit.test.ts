import { expect, it } from 'vitest';
import { onEachDatabase } from './on-each-database.ts';
import { anEntry, noon } from './samples.ts';

onEachDatabase('the record', ({ open }) => {
  it('gives back what was done, newest first, by project and by subject', async () => {
    const { audit } = await open();
    const entries = [
      anEntry(),
      anEntry({ at: noon(1), subject: 'S1', action: 'sharing.stopped', outcome: 'failed', cloudRequestId: undefined }),
      anEntry({ at: noon(1), project: 'crm', details: {} }),
    ] as const;
    for (const entry of entries) await audit.write(entry);
    const all = { offset: 0, limit: 10 };
    expect(await audit.list({}, all)).toEqual({ total: 3, items: entries.toReversed() });
    expect(await audit.list({ project: 'payments' }, all)).toEqual({ total: 2, items: [entries[1], entries[0]] });
    expect(await audit.list({ subject: 'R1', project: 'crm' }, all)).toEqual({ total: 1, items: [entries[2]] });
  });

  it('pages through more than a thousand entries of the same moment in the order they were written', async () => {
    const store = await open();
    await store.transaction(async ({ audit }) => {
      for (let entry = 0; entry < 1_010; entry += 1) await audit.write(anEntry({ subject: `R${entry}` }));
    });
    const page = await store.audit.list({ project: 'payments' }, { offset: 1_000, limit: 100 });
    expect(page.total).toBe(1_010);
    expect(page.items.map(({ subject }) => subject)).toEqual(Array.from({ length: 10 }, (_, index) => `R${9 - index}`));
  });
});
