import { expect, it } from 'vitest';
import type { AuditEntry } from '../../src/core/audit.ts';
import type { AuditFilter } from '../../src/core/audit-store.ts';
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

  it('filters by each part of an entry, and by all of them together', async () => {
    const { audit } = await open();
    const entries = [
      anEntry({ at: noon(0), actor: 'U1', action: 'share.requested', details: { reason: 'Bug 50%_off \\ "now"' } }),
      anEntry({ at: noon(1), actor: 'U2', action: 'share.approved', details: { targets: ['Ana', 'lytics'] } }),
      anEntry({ at: noon(2), actor: 'bot', action: 'share.executed', outcome: 'failed', cloudRequestId: 'REQ-9' }),
      anEntry({ at: noon(3), actor: 'U1', action: 'sharing.stopped', outcome: 'unknown', details: { count: 4711 } }),
    ];
    for (const entry of entries) await audit.write(entry);
    const found = async (filter: AuditFilter) => {
      const { total, items } = await audit.list(filter, { offset: 0, limit: 10 });
      expect(total).toBe(items.length);
      return items.map((item) => entries.findIndex((entry) => entry.at.getTime() === item.at.getTime()));
    };
    expect(await found({ actor: 'U1' })).toEqual([3, 0]);
    expect(await found({ actions: ['share.approved', 'share.executed'] })).toEqual([2, 1]);
    expect(await found({ actions: [] })).toEqual([]);
    expect(await found({ outcome: 'failed' })).toEqual([2]);
    expect(await found({ from: noon(1), before: noon(3) })).toEqual([2, 1]);
    expect(await found({ text: 'r1' })).toEqual([3, 2, 1, 0]);
    expect(await found({ text: 'req-9' })).toEqual([2]);
    expect(await found({ text: '50%_OFF \\ "NOW"' })).toEqual([0]);
    expect(await found({ text: '5_%' })).toEqual([]);
    expect(await found({ text: 'LYTICS' })).toEqual([1]);
    expect(await found({ text: '4711' })).toEqual([3]);
    expect(await found({ text: 'reason' })).toEqual([]);
    expect(await found({ actor: 'U1', outcome: 'unknown', text: '47', from: noon(1), before: noon(9) })).toEqual([3]);
  });

  it('looks through what no database takes as JSON', async () => {
    const { audit } = await open();
    await audit.write(anEntry({ details: { reason: 'a \ud800 end \u0000' } }));
    expect((await audit.list({ text: 'END' }, { offset: 0, limit: 1 })).total).toBe(1);
    expect((await audit.list({ text: 'c' }, { offset: 0, limit: 1 })).total).toBe(0);
  });

  it('keeps its pages under a mark while entries are added, older ones among them', async () => {
    const { audit } = await open();
    expect(await audit.mark()).toBe(0);
    for (let entry = 0; entry < 25; entry += 1) await audit.write(anEntry({ at: noon(entry), subject: `R${entry}` }));
    const upTo = await audit.mark();
    const before = await audit.list({ upTo }, { offset: 10, limit: 10 });
    await audit.write(anEntry({ at: noon(99) }));
    await audit.write(anEntry({ at: noon(-1) }));
    expect(await audit.list({ upTo }, { offset: 10, limit: 10 })).toEqual(before);
    expect((await audit.list({}, { offset: 0, limit: 1 })).total).toBe(27);
  });

  it('gives out thousands of entries in parts, each once and in order, of one moment or of many', async () => {
    const store = await open();
    const written = Array.from({ length: 2_600 }, (_, entry) => anEntry({ at: noon(entry % 3), subject: `R${entry}` }));
    await store.transaction(async ({ audit }) => {
      for (const entry of written) await audit.write(entry);
      await audit.write(anEntry({ project: 'crm' }));
    });
    const parts: AuditEntry[][] = [];
    for await (const part of store.audit.parts({ project: 'payments' })) parts.push([...part]);
    expect(parts.map((part) => part.length)).toEqual([500, 500, 500, 500, 500, 100]);
    const order = written.toReversed().sort((one, other) => other.at.getTime() - one.at.getTime());
    expect(parts.flat()).toEqual(order);
    for await (const part of store.audit.parts({ project: 'nothing' })) expect(part).toBe('no part');
  });
});
