import { expect, onTestFinished, test } from 'vitest';
import { ownersOf } from '../../../src/slack/delivery/owners.ts';
import { aRequest, aRun, aSharing } from '../../store/samples.ts';
import { recordingLog, testCore } from '../bot-in-sandbox.ts';

test('the owners of a card are the approvers of the project that it is about', async () => {
  const core = await testCore({ log: recordingLog() });
  onTestFinished(() => core.store.close());
  await core.store.shareRequests.insert(aRequest(), 'request');
  await core.store.sharings.insert(aSharing());
  await core.store.runs.insert(aRun({ id: 'RUN1' }), 'run');

  const owners = await Promise.all([
    ownersOf(core, { kind: 'share-request', entityId: 'R1' }),
    ownersOf(core, { kind: 'share-event', entityId: 'R1#approved#U2' }),
    ownersOf(core, { kind: 'share-outcome', entityId: 'R1#shared#S1' }),
    ownersOf(core, { kind: 'sharing-stopped', entityId: 'S1#stopped#x' }),
    ownersOf(core, { kind: 'policy-run', entityId: 'RUN1' }),
  ]);

  expect(owners).toEqual(Array.from({ length: 5 }, () => ['U2', 'U3']));
});

test('a card whose entity or project is gone has no owners', async () => {
  const core = await testCore({ log: recordingLog() });
  onTestFinished(() => core.store.close());
  await core.store.shareRequests.insert(aRequest({ project: 'closed-down' }), 'request');

  expect(await ownersOf(core, { kind: 'share-request', entityId: 'R1' })).toEqual([]);
  expect(await ownersOf(core, { kind: 'share-request', entityId: 'R9' })).toEqual([]);
  expect(await ownersOf(core, { kind: 'card-refused', entityId: 'share-request:R1' })).toEqual([]);
});
