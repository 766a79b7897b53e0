import { describe, expect, it } from 'vitest';
import { runStates } from '../../../src/core/policies/policy-run.ts';
import { runCardView } from '../../../src/slack/policies/run-card-view.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { disks, minutesAgo, NOW, quota, run, stillRuns, task, unavailable } from './samples.ts';

const buttons = { show: 'policies:show-run', again: 'policies:run-again' };
const tasks = [task(1, 'succeeded'), task(2, 'failed', { failure: quota }), task(3, 'running'), task(4, 'waiting')];
const allDone = [1, 2, 3, 4].map((disk) => task(disk, 'succeeded'));

describe('runCardView', () => {
  it.each([
    ['requested', run({ state: 'requested', calledAt: undefined })],
    ['requested again, after the cloud did not answer', run({ state: 'requested', failure: unavailable, attempts: 1 })],
    ['starting', run({ state: 'starting' })],
    ['unknown', run({ state: 'unknown', failure: { kind: 'answer_lost' } })],
    ['running, no disk heard of', run()],
    ['running', run({ tasks })],
    ['done', run({ state: 'done', tasks: allDone, finishedAt: minutesAgo(3) })],
    [
      'done with failures',
      run({
        state: 'done',
        finishedAt: minutesAgo(3),
        tasks: [
          task(1, 'succeeded'),
          task(2, 'failed', { failure: quota }),
          task(3, 'timed_out'),
          task(4, 'skipped', { failure: stillRuns }),
        ],
      }),
    ],
    [
      'overdue',
      run({ state: 'overdue', startedAt: minutesAgo(730), deadlineAt: minutesAgo(10), tasks: tasks.slice(0, 3) }),
    ],
    ['failed before it began', run({ state: 'failed', calledAt: undefined, failure: { kind: 'not_found' } })],
    ['failed, as it never began', run({ state: 'failed', failure: { kind: 'not_started' } })],
    ['failed, as it can be followed no longer', run({ state: 'failed', failure: { kind: 'not_found' }, tasks })],
  ])('shows a run that is %s', (_, shown) => {
    const card = runCardView({ run: shown, disks, now: NOW }, buttons);
    expectMessage(card);
    expect(card).toMatchSnapshot();
  });

  it('tells how large each disk is where that is known, and when the schedule runs next until then', () => {
    const nextRunAt = new Date('2026-11-20T14:00:00Z');
    const diskSizes = new Map([...disks.keys()].slice(0, 3).map((id, index) => [id, 100 + 1_100 * index]));
    const shown = run({ tasks, nextRunAt, diskSizes });
    const card = runCardView({ run: shown, disks, now: NOW }, buttons);
    expectMessage(card);
    expect(card.text.split('\n')).toEqual([
      '⚙️ Running: nightly (payments), 2 of 4 disks done',
      expect.stringMatching(
        /^Started by <@UOPS>, .* · next scheduled run <!date\^1795183200\^.*\|20 Nov 2026, 14:00 UTC>$/,
      ),
      expect.stringMatching(/^❌ payments-db-2 \(1,200 GiB\) · failed after /),
      expect.stringMatching(/^⚙️ payments-web-1 \(2,300 GiB\) · running since /),
      '⏳ disk d0000004 · waiting',
      '✅ payments-db-1 (100 GiB) · done in 2 min 11 s · autobk_a611',
    ]);
    const text = (more: object, now: Date) => runCardView({ run: { ...shown, ...more }, disks, now }, buttons).text;
    expect(text({}, nextRunAt)).not.toContain('next scheduled run');
    for (const state of ['done', 'overdue', 'failed'] as const) {
      expect(text({ state, failure: { kind: 'not_started' } }, NOW)).not.toContain('next scheduled run');
    }
  });

  it('names the failures first and folds the rest into a line with its number', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      task(index, index % 50 === 0 ? 'failed' : 'succeeded', index % 50 === 0 ? { failure: quota } : {}),
    );
    const shown = run({ state: 'done', disks: 300, tasks: many, finishedAt: minutesAgo(3) });
    const card = runCardView({ run: shown, disks, now: NOW }, buttons);
    expectMessage(card);
    const lines = card.blocks.flatMap((block) =>
      block.type === 'section' ? (block.text?.text.split('\n') ?? []) : [],
    );
    const marks = lines.slice(1).map((line) => line.slice(0, 1));
    expect(marks.join('')).toBe(`${'❌'.repeat(6)}${'✅'.repeat(19)}…`);
    expect(lines.at(-1)).toBe('… and 275 more disks: 275 done');
    expect(card.blocks.at(-1)).toMatchObject({ elements: [{ text: { text: 'Show all disks' } }] });
  });

  it.each(runStates)('keeps hostile names harmless in a run that is %s', (state) => {
    const failure = { ...quota, explanation: HOSTILE, remedy: HOSTILE, code: HOSTILE, requestId: HOSTILE };
    const many = Array.from({ length: 60 }, (_, disk) =>
      task(disk, 'failed', { failure, diskId: `${HOSTILE}${disk}` }),
    );
    const names = new Map(many.map(({ diskId }) => [diskId, HOSTILE]));
    const shown = run({ state, policyName: HOSTILE, project: HOSTILE, tasks: many, failure });
    expectMessage(runCardView({ run: shown, disks: names, now: NOW }, buttons));
    expectMessage(runCardView({ run: shown, disks: new Map(), now: NOW }, buttons));
  });
});
