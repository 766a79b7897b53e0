import { expect, it } from 'vitest';
import { onEachDatabase } from './on-each-database.ts';
import { anEntry, aRequest, aVote } from './samples.ts';

const hostile = [
  `'; drop table share_requests; --`,
  '"quoted" `ticks` \\back\\slash %_ $1 ? :name',
  'emoji 👩🏽‍🚀, flags 🇩🇪, right to left \u202E txet, zero\u200Bwidth, combining e\u0301',
  'lines\r\nand\ttabs\u0001\u001F\u007F',
  '<!channel> <@U1> &amp; *bold* {{template}}',
  '',
  ' '.repeat(10),
  'long '.repeat(40_000),
];

onEachDatabase('text from people and clouds', ({ open }) => {
  it('comes back as it was, from every kind of column', async () => {
    const store = await open();
    for (const [index, text] of hostile.entries()) {
      const request = aRequest({
        id: `R${index}`,
        reason: text,
        requester: `U${index}`,
        backup: { name: text, diskId: text, sizeGib: undefined, takenAt: undefined },
        failure: { kind: 'refused', code: text, message: text },
        votes: [aVote({ reason: text })],
        targets: [{ projectId: text, alias: text, state: 'waiting', sharingId: text }],
      });
      await store.shareRequests.insert(request, `form ${text}`);
      expect(await store.shareRequests.byDedupeKey(`form ${text}`)).toEqual(request);
      const entry = anEntry({ actor: `U${index}`, subject: text, details: { text, [text]: [text] } });
      await store.audit.write(entry);
      expect((await store.audit.list({ subject: text }, { offset: 0, limit: 9 })).items).toEqual([entry]);
    }
  });

  it('shows a mark in place of what no database can keep: U+0000 and half characters', async () => {
    const store = await open();
    const reason = 'a\u0000b\uD800c\uDC00d 👍';
    await store.shareRequests.insert(aRequest({ reason, failure: { kind: 'refused', message: reason } }), reason);
    expect(await store.shareRequests.byDedupeKey(reason)).toEqual(
      aRequest({ reason: 'a\uFFFDb\uFFFDc\uFFFDd 👍', failure: { kind: 'refused', message: reason } }),
    );
  });
});
