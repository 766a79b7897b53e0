import { expect, it } from 'vitest';
import { STEPS } from '../../src/sandbox/web/client/guide-steps.ts';

/** The steps that a message of the app ticks off. */
function tickedBy(text: string): readonly string[] {
  const post = {
    number: 1,
    at: '2026-11-20T12:20:00.000Z',
    toApp: false,
    kind: 'web_api',
    method: 'chat.postMessage',
    type: undefined,
    request: { text },
    response: { ok: true },
    status: 200,
    ms: 3,
    error: undefined,
  };
  return STEPS.filter((step) => step.isDone(post)).map((step) => step.id);
}

it('ticks a step off by what was tried, and by nothing that the cloud does by itself', () => {
  expect(tickedBy('✅ Backed up: payments-db-1 (payments) as payments-db-1-20261120-1220\nAsked for by …')).toEqual([
    'backup',
  ]);
  expect(tickedBy('✅ Backed up: hourly (payments), 3 disks in 2 minutes\nIts own schedule, saved as usual')).toEqual(
    [],
  );
  expect(tickedBy('❌ Backup failed: nightly (payments), 1 of 4 disks\nStarted by @Omar')).toEqual(['run']);
  expect(tickedBy('❌ Backup failed: nightly (payments), 1 of 4 disks\nIts own schedule')).toEqual([]);
});
