import { describe, expect, it } from 'vitest';
import type { ShareRequest } from '../../../src/core/sharing/share-request.ts';
import { rejectView } from '../../../src/slack/deciding/reject-view.ts';
import { shareWords } from '../../../src/slack/share/share-words.ts';
import {
  nothingToStopView,
  type StopEntry,
  type StopForm,
  stopAllView,
  stopOneView,
  stoppingView,
} from '../../../src/slack/share/stop-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { BACKUP_ID, before, request, target } from './samples.ts';

const rejected = (about: ShareRequest) => ({ ...about, wish: `share ${shareWords(about)}` });
const analytics: StopEntry = { id: 's1', receiver: 'analytics', since: before(9000), stopAt: undefined };
const reporting: StopEntry = { id: 's2', receiver: 'reporting', since: before(90), stopAt: before(-9000) };

function form(sharings: readonly StopEntry[], more: Partial<StopForm> = {}): StopForm {
  return { project: 'payments', backupId: BACKUP_ID, backup: 'db-nightly-0412', sharings, note: undefined, ...more };
}

const many = Array.from({ length: 150 }, (_, at) => ({ ...analytics, id: `s${at}`, receiver: `team-${at}` }));
const hostile = form([{ ...analytics, receiver: HOSTILE }, reporting], { backup: HOSTILE, note: 'Look again.' });

describe('the modals that stop sharings', () => {
  it.each([
    ['ask about the one sharing there is', stopOneView(form([analytics]), analytics, 'f:one')],
    ['ask which one, one being chosen already', stopOneView(form([reporting, analytics]), reporting, 'f:one')],
    ['name the number before all are stopped', stopAllView(form([reporting, analytics]), 'f:all')],
    [
      'say that the number has changed',
      stopAllView(form([analytics], { note: 'The number has changed meanwhile: it was 2 sharings.' }), 'f:all'),
    ],
    ['say that one is being stopped', stoppingView(form([]), 1, 'C0PAYMENTS')],
    ['say that all are being stopped', stoppingView(form([]), 3, 'C0PAYMENTS')],
    ['say that there is nothing to stop', nothingToStopView()],
  ])('%s', (_, view) => {
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it.each([
    ['a choice of many', stopOneView(form(many), { ...analytics, id: 's0' }, 'f:one')],
    ['many at once', stopAllView(form(many), 'f:all')],
    ['a choice with hostile names', stopOneView(hostile, { ...analytics, receiver: HOSTILE }, 'f:one')],
    ['all with hostile names', stopAllView(hostile, 'f:all')],
    [
      'one with a hostile name',
      stopOneView({ ...hostile, sharings: [{ ...analytics, receiver: HOSTILE }] }, analytics, 'f'),
    ],
    ['the end with hostile names', stoppingView(hostile, 2, 'C0PAYMENTS')],
  ])('stay views that Slack takes: %s', (_, view) => {
    expectView(view);
    expect(JSON.stringify(view.blocks.filter((block) => block.type !== 'input'))).not.toContain('<!channel>');
  });
});

describe('rejectView', () => {
  it('asks for the reason, and says who hears it', () => {
    const view = rejectView(rejected(request()), 'f:reject');
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it('stays a view that Slack takes when everything is named by an enemy', () => {
    const backup = { name: HOSTILE, diskId: undefined, sizeGib: undefined, takenAt: undefined };
    const view = rejectView(rejected(request({ backup, targets: [{ ...target('x'), alias: HOSTILE }] })), 'f:reject');
    expectView(view);
    expect(JSON.stringify(view)).not.toContain('<!channel>');
  });
});
