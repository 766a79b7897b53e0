import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditActions, BOT } from '../../../src/core/audit.ts';
import { recordView } from '../../../src/slack/audit/audit-list-view.ts';
import type { RecordPlace } from '../../../src/slack/audit/audit-place.ts';
import type { NamedEntry } from '../../../src/slack/audit/audit-words.ts';
import {
  type ExportForm,
  exportedView,
  exportToldView,
  exportView,
  mayNotUploadView,
} from '../../../src/slack/audit/export-view.ts';
import { auditFilterView } from '../../../src/slack/audit/filter-view.ts';
import { expectMessage, expectView, HOSTILE } from '../expect-view.ts';
import { NOW } from '../policies/samples.ts';

const ids = { page: 'audit:page', filter: 'audit:filter', export: 'audit:export' };
const place: RecordPlace = { project: 'payments', page: 0, upTo: 1_204, filter: {} };
const everyFilter = {
  who: 'U0OLGA',
  actions: [...auditActions],
  outcome: 'failed' as const,
  text: HOSTILE.slice(0, 80),
  from: 1_795_176_000,
  to: 1_795_262_400,
};
const named = (more: Partial<AuditEntry> = {}): NamedEntry => ({
  entry: {
    at: NOW,
    actor: 'U0OLGA',
    action: 'share.approved',
    project: 'payments',
    subject: '01JD0REQUEST',
    outcome: 'ok',
    details: {},
    cloudRequestId: undefined,
    ...more,
  },
  name: 'db-nightly',
  disk: undefined,
  receivers: ['analytics'],
});

describe('recordView', () => {
  it('shows who did what and when, and marks what went wrong', () => {
    const entries = [
      named(),
      named({ action: 'share.executed', actor: BOT, outcome: 'failed', details: { reason: 'quota', code: 'V.1' } }),
      named({ action: 'policy.run-started', actor: BOT, outcome: 'unknown', cloudRequestId: 'req-1f' }),
    ];
    const shown = recordView({ place, page: { page: 0, total: 3 }, entries }, ids);
    expectMessage(shown);
    expect(shown).toMatchSnapshot();
  });

  it('has ten hostile entries a page, with every filter in its buttons', () => {
    const hostile = {
      ...named({ subject: HOSTILE, cloudRequestId: HOSTILE, details: { reason: HOSTILE } }),
      name: HOSTILE,
      receivers: Array.from({ length: 20 }, () => HOSTILE),
    };
    const page = { page: 119, total: 12_044 };
    const shown = recordView(
      { place: { ...place, page: 119, filter: everyFilter }, page, entries: Array.from({ length: 10 }, () => hostile) },
      ids,
    );
    expectMessage(shown);
    expect(shown.text).toMatch(/^Record of payments, 1,191–1,200 of 12,044\n/);
    expect(shown.blocks.length).toBeLessThan(30);
  });

  it.each([
    ['is nothing yet', {}],
    ['is nothing that matches', everyFilter],
  ])('says what to do where there %s', (_, filter) => {
    const shown = recordView({ place: { ...place, filter }, page: { page: 0, total: 0 }, entries: [] }, ids);
    expectMessage(shown);
    expect(shown.text).toMatchSnapshot();
  });
});

describe('auditFilterView', () => {
  it.each([
    ['nothing', {}],
    ['everything', everyFilter],
    ['the bot', { who: BOT }],
  ])('shows what is filtered now: %s', (_, filter) => {
    const view = auditFilterView({ place: { ...place, filter }, callbackId: 'audit:form', metadata: '{}' });
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });
});

describe('a filter that begins long ago', () => {
  it('can be changed all the same', () => {
    const filter = { from: 946_684_800, to: 1_795_262_400 };
    expectView(auditFilterView({ place: { ...place, filter }, callbackId: 'audit:form', metadata: '{}' }));
  });
});

describe('exporting', () => {
  const form: ExportForm = {
    place,
    total: 1_204,
    channel: 'C0PAYMENTS',
    first: 'thread',
    callbackId: 'audit:export-form',
    metadata: '{}',
  };

  it.each([
    ['in a channel of the project', form],
    ['in another channel', { ...form, first: 'direct' as const }],
    [
      'in a direct message',
      { ...form, channel: undefined, first: 'direct' as const, place: { ...place, filter: everyFilter } },
    ],
  ])('asks where to put the file: %s', (_, about) => {
    const view = exportView(about);
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('says above the file what is in it, or that it could not be put there', () => {
    const exported = { place: { ...place, filter: everyFilter }, rows: 100_000, more: true, by: 'Olga Okafor' };
    const shown = (['coming', 'there', 'failed'] as const).map((file) => exportedView(exported, file));
    for (const one of shown) expectMessage(one);
    expect(shown.map((one) => one.text)).toMatchSnapshot();
  });

  it('tells the person where the file is', () => {
    const told = [
      exportToldView({ link: 'https://slack.test/1', rows: 1, refused: undefined }),
      exportToldView({ link: undefined, rows: 2, refused: 'C0PAYMENTS' }),
      mayNotUploadView(),
    ];
    for (const one of told) expectMessage(one);
    expect(told.map((one) => one.text)).toMatchSnapshot();
  });
});
