import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, BOT } from '../../../src/core/audit.ts';
import { NotAllowed } from '../../../src/core/errors.ts';
import { auditInteractions } from '../../../src/slack/audit/interactions.ts';
import { type CoreWorld, createCoreWorld, NOW, OPERATOR, OWNER, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { type Acting, acting, readModal } from '../policies/acting.ts';

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: NOW,
  actor: REQUESTER,
  action: 'share.requested',
  project: 'payments',
  subject: 'R1',
  outcome: 'ok',
  details: { backup: 'B1', name: 'db-nightly', targets: [], reason: 'a bug' },
  cloudRequestId: undefined,
  ...more,
});
const everything = { project: 'payments', page: 0, upTo: 100_000, filter: {} };

describe.each(databases)('/vbs audit ($name)', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database);
  });
  afterEach(() => world.close());

  const play = (user = OWNER) => acting(world.core, user, auditInteractions);
  const heard = (person: Acting) => person.said.at(-1)?.text ?? '';
  const replaced = (person: Acting) => person.saidThrough.at(-1)?.[1].text ?? '';
  const write = (...entries: AuditEntry[]) =>
    world.core.store.transaction(async ({ audit }) => {
      for (const one of entries) await audit.write(one);
    });
  /** The value of a button of the last list, by the end of its id. */
  const buttonValue = (person: Acting, id: string): unknown => {
    const found = JSON.stringify(person.said.at(-1)?.blocks).match(
      new RegExp(`"action_id":"${id}","value":("(?:[^"\\\\]|\\\\.)*")`),
    );
    return JSON.parse(JSON.parse(found?.[1] ?? '""'));
  };

  it('pages through more than a thousand entries, which do not shift while others are added', async () => {
    await write(...Array.from({ length: 1_204 }, (_, index) => entry({ subject: `R${index + 1}` })));
    const person = play();
    await person.command('audit payments');
    expect(heard(person)).toMatch(
      /^Record of payments, 1–10 of 1,204\n\nnewest first\n\n<@UDEV> asked to share db-nightly/,
    );
    expect(heard(person)).toContain('`R1204`');
    await write(entry({ subject: 'NEW' }));
    await person.click('audit:page', buttonValue(person, 'audit:page#next'));
    expect(heard(person)).toMatch(/^Record of payments, 11–20 of 1,204\n/);
    expect(heard(person)).toMatch(/`R1194`.*`R1185`/s);
    await person.click('audit:page', { ...everything, page: 99_999 });
    expect(heard(person)).toMatch(/^Record of payments, 1,201–1,205 of 1,205\n/);
    expect(heard(person)).toContain('`R1`');
  });

  it('filters by what is handed in, and remembers it', async () => {
    await write(
      entry(),
      entry({ actor: OWNER, action: 'share.approved', subject: 'R2', details: { backup: 'B1', name: 'db-nightly' } }),
      entry({ actor: BOT, action: 'share.executed', outcome: 'failed', subject: 'R3', details: { reason: 'quota' } }),
      entry({ project: 'analytics', subject: 'R4' }),
    );
    const person = play();
    await person.command('audit payments');
    await person.click('audit:filter', buttonValue(person, 'audit:filter'));
    await person.submit({ who: null, bot: [BOT], actions: ['share.executed'], outcome: 'failed', text: 'r3' });
    expect(replaced(person)).toMatch(
      /^Record of payments, 1 of 1\n\nby the bot · a share carried out · outcome failed · with “r3” · newest first\n\n❌ Failed: The bot could not share/,
    );
    const said = person.saidThrough.at(-1)?.[1];
    await person.click('audit:filter', { ...everything, filter: { who: OWNER, text: 'nightly' } });
    expect(readModal(person.modal)).toContain(`"initial_user":"${OWNER}"`);
    await person.submit({ who: OWNER, outcome: 'any', from: NOW.getTime() / 1_000, to: NOW.getTime() / 1_000 + 60 });
    expect(replaced(person)).toContain('approved the request');
    expect(said).not.toEqual(person.saidThrough.at(-1)?.[1]);
    await person.click('audit:filter', everything);
    await person.submit({ text: 'nothing like it' });
    expect(replaced(person)).toContain('nothing matches · with “nothing like it”');
    await person.click('audit:page', everything);
    expect(heard(person)).toMatch(/^Record of payments, 1–3 of 3\n/);
  });

  it('says at the field what cannot be', async () => {
    const person = play();
    await person.click('audit:filter', everything);
    await person.submit({ who: OWNER, bot: [BOT] });
    expect(person.faults).toEqual({ bot: 'Choose a person or the bot, not both.' });
    await person.submit({ from: 2_000, to: 1_000 });
    expect(person.faults).toEqual({ to: 'This is before the beginning; choose a later moment.' });
    expect(person.saidThrough).toEqual([]);
  });

  it('puts all that the filter shows into a file in a thread, with names', async () => {
    const actors = [REQUESTER, BOT, OWNER];
    await write(
      ...Array.from({ length: 1_502 }, (_, index) =>
        entry({ at: new Date(NOW.getTime() + index), subject: `R${index}`, actor: actors[index % 3] ?? BOT }),
      ),
      entry({ project: 'analytics' }),
    );
    const person = play();
    await person.click('audit:export', { ...everything, filter: { who: REQUESTER } });
    expect(readModal(person.modal)).toContain('501 entries of the record of payments · by <@UDEV>');
    await person.submit({ where: 'thread' });
    // Until the file is there the message does not say so.
    expect(person.posted.map(([channel, { text }]) => `${channel} ${text.split('\n').join(' ')}`)).toEqual([
      'C0 Record of payments, 501 entries · by <@UDEV> Name of UOWNER exports it. The file follows in the thread; if it is not there in a minute, export once more: `/vbs audit`.',
      'C0 Record of payments, 501 entries · by <@UDEV> Exported by Name of UOWNER. The file is in the thread.',
    ]);
    const [at, file] = person.files[0] ?? [];
    expect(at).toEqual({ channel: 'C0', ts: '1.1' });
    expect(file?.name).toBe('record-payments-2026-11-20T1220Z.csv');
    const rows = file?.content.toString('utf8').trimEnd().split('\r\n') ?? [];
    expect(rows).toHaveLength(502);
    expect(rows[0]).toMatch(/^\ufeff"time \(UTC\)","who",/);
    expect(rows[1]).toContain('"Name of UDEV","UDEV","share.requested","Name of UDEV asked to share db-nightly');
    expect(rows.map((row) => /"R(\d+)"/.exec(row)?.[1]).filter(Boolean)).toEqual(
      Array.from({ length: 501 }, (_, index) => String(1_500 - 3 * index)),
    );
    expect(replaced(person)).toMatch(
      /^✅ Exported: the file with 501 entries is in <https:\/\/slack\.test\/C0\/1\.1\|this thread>/,
    );
  });

  it('is for those who read the record, at every step', async () => {
    const stranger = play(REQUESTER);
    await expect(stranger.command('audit payments')).rejects.toBeInstanceOf(NotAllowed);
    for (const action of ['audit:page', 'audit:filter', 'audit:export']) {
      await expect(stranger.click(action, everything)).rejects.toBeInstanceOf(NotAllowed);
    }
    expect([stranger.said, stranger.modal]).toEqual([[], undefined]);
    await play(OPERATOR).command('audit payments');
  });

  it('says that there is nothing yet', async () => {
    const person = play();
    await person.command('audit payments');
    expect(heard(person)).toMatch(/nothing yet\nWhatever is asked for/);
  });
});
