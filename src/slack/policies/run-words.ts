import { countTasks, type PolicyRun, type RunCounts } from '../../core/policies/policy-run.ts';
import { oneLine } from '../kit.ts';
import { count, duration, type Mark, marked, plural, slackDate } from '../words.ts';

/** Where a run stands, for a person. */
export interface RunStanding {
  readonly mark: Mark;
  /** `Backup failed` */
  readonly word: string;
  /** `1 of 4 disks`; undefined where there is nothing to count yet. */
  readonly detail: string | undefined;
}

/** A policy and its project as safe mrkdwn: `nightly (payments)`. */
export function policyWords(policy: { readonly policyName: string; readonly project: string }): string {
  return `${oneLine(policy.policyName)} (${oneLine(policy.project)})`;
}

/** The first line of a run, in safe mrkdwn: `❌ Backup failed: nightly (payments), 1 of 4 disks`. */
export function runHeadline(run: PolicyRun): string {
  const { mark, word, detail } = runStanding(run);
  const when = run.origin === 'schedule' ? slackDate(run.startedAt) : undefined;
  const parts = [`${word}: ${policyWords(run)}`, detail, when];
  return marked(mark, parts.filter((part) => part !== undefined).join(', '));
}

/** The same without the policy's name: `❌ Backup failed, 1 of 4 disks`. */
export function runOutcome(run: PolicyRun): string {
  const { mark, word, detail } = runStanding(run);
  return marked(mark, detail === undefined ? word : `${word}, ${detail}`);
}

/** The disks of a run: those it has tasks of, and those that it should have. */
export function diskTotal(run: Pick<PolicyRun, 'tasks' | 'disks'>): number {
  return Math.max(run.disks, run.tasks.length);
}

/** Where a run stands. */
function runStanding(run: PolicyRun): RunStanding {
  switch (run.state) {
    case 'requested':
      return { mark: 'waiting', word: 'Waiting to start', detail: plural(run.disks, 'disk') };
    case 'starting':
      return { mark: 'working', word: 'Starting', detail: plural(run.disks, 'disk') };
    case 'unknown':
      return { mark: 'working', word: 'Being looked into, whether it started', detail: undefined };
    case 'running':
      return running(run);
    case 'done':
      return done(run);
    case 'overdue':
      return overdue(run);
    case 'failed':
      return wasStarted(run)
        ? { mark: 'failed', word: 'Can no longer be followed', detail: progress(run) }
        : { mark: 'failed', word: 'Not started', detail: undefined };
  }
}

/** Whether a run that ended as failed had been taken up by the cloud before. */
export function wasStarted(run: PolicyRun): boolean {
  return run.tasks.length > 0 || (run.calledAt !== undefined && run.failure?.kind !== 'not_started');
}

function running(run: PolicyRun): RunStanding {
  const bad = badOf(countTasks(run));
  if (run.origin === 'person' || bad === 0) return { mark: 'working', word: 'Running', detail: progress(run) };
  return { ...badStanding(run), detail: `${ofDisks(bad, run)} so far` };
}

function done(run: PolicyRun): RunStanding {
  const bad = badOf(countTasks(run));
  if (bad > 0) return { ...badStanding(run), detail: ofDisks(bad, run) };
  const took = run.finishedAt === undefined ? '' : ` in ${durationOf(run.startedAt, run.finishedAt)}`;
  // A disk may have been taken off the policy between the run's beginning and its end.
  const disks = run.tasks.length < run.disks ? ofDisks(run.tasks.length, run) : plural(run.tasks.length, 'disk');
  return { mark: 'done', word: 'Backed up', detail: `${disks}${took}` };
}

function overdue(run: PolicyRun): RunStanding {
  const { open } = countTasks(run);
  const after = durationOf(run.startedAt, run.deadlineAt);
  const detail = `${ofDisks(open, run)} ${open === 1 ? 'has' : 'have'} not ended after ${after}`;
  return { mark: 'attention', word: 'Overdue', detail };
}

function badStanding(run: PolicyRun): { readonly mark: Mark; readonly word: string } {
  const { failed, timedOut, skipped } = countTasks(run);
  if (failed > 0) return { mark: 'failed', word: 'Backup failed' };
  if (timedOut > 0) return { mark: 'failed', word: skipped > 0 ? 'Backup timed out or skipped' : 'Backup timed out' };
  return { mark: 'attention', word: 'Backup skipped' };
}

function badOf({ failed, timedOut, skipped }: RunCounts): number {
  return failed + timedOut + skipped;
}

function progress(run: PolicyRun): string {
  return `${ofDisks(diskTotal(run) - countTasks(run).open, run)} done`;
}

/** `1 of 4 disks` */
function ofDisks(some: number, run: PolicyRun): string {
  return `${count(some)} of ${plural(diskTotal(run), 'disk')}`;
}

/** How long it took from one moment to another. */
export function durationOf(from: Date, to: Date): string {
  return duration(to.getTime() - from.getTime());
}
