import type { Core } from '../core.ts';
import type { ManagedProject } from '../projects.ts';
import type { Stores } from '../stores.ts';
import { runOf } from './assign-tasks.ts';
import { isFinal } from './policy.ts';
import { hasFailures, type PolicyRun, type RunState, type RunTask, runStateAt } from './policy-run.ts';
import type { PolicyRunPatch } from './run-store.ts';
import type { TaskRow } from './task-store.ts';

/** How far back a policy that the bot sees for the first time is news: its last daily run, until the next one has ended. */
const NEWS_MS = 26 * 60 * 60 * 1_000;
/** Runs that a new task may still belong to are among the policy's newest. */
const RECENT_RUNS = 20;
/** How many tasks one transaction takes: a month of them in one would keep everybody else waiting. */
const TASKS_AT_ONCE = 100;

export interface TaskNews {
  readonly project: ManagedProject;
  readonly policy: { readonly id: string; readonly name: string; readonly disks: number };
  /** New or changed, oldest first. */
  readonly tasks: readonly RunTask[];
  /**
   * The policy has not been looked at before: its last run that went wrong is news, if it is of the last day. What came
   * before that is history, and nobody is told of it.
   */
  readonly firstSight: boolean;
}

/**
 * Puts changed tasks down, sorts them into runs, moves the runs and raises their cards: one transaction, or for a long
 * history several, from the oldest on, so that what is cut off in between goes on with those that are not known yet.
 */
export async function applyTasks(core: Core, news: TaskNews): Promise<void> {
  for (const [at, tasks] of betweenRuns(core, news).entries()) {
    // Transactions may follow one another without a moment in which anything else gets its turn.
    if (at > 0) await core.clock.sleep(0);
    await core.store.transaction(async (stores) => {
      const sorted = await sortIntoRuns(core, stores, { ...news, tasks });
      await stores.tasks.put(sorted.rows);
      const worst = lastThatFailed(core, sorted.touched);
      for (const run of sorted.touched) {
        const isNews = news.firstSight ? run === worst : sorted.moved.has(run.id);
        await settleRun(core, stores, { run, news, isNews });
      }
    });
  }
}

/** Parts of about {@link TASKS_AT_ONCE} tasks that take apart neither a scheduled run nor what is news at first sight. */
function betweenRuns({ clock, timing }: Core, { tasks, firstSight }: TaskNews): readonly (readonly RunTask[])[] {
  const whole = firstSight ? clock.now().getTime() - NEWS_MS : Number.POSITIVE_INFINITY;
  const parts: RunTask[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const task of tasks) {
    const at = task.createdAt.getTime();
    const part = parts.at(-1);
    const mayPart = at > before + timing.gatherMs && at < whole;
    if (part === undefined || (mayPart && part.length >= TASKS_AT_ONCE)) parts.push([task]);
    else part.push(task);
    before = at;
  }
  return parts;
}

/** Moves a run whose tasks have not changed to where the clock alone brings it, such as its deadline. */
export async function settleByClock(
  core: Core,
  project: ManagedProject,
  runId: string,
): Promise<PolicyRun | undefined> {
  await core.store.transaction(async (stores) => {
    const run = await stores.runs.get(runId);
    if (run?.state !== 'running') return;
    const policy = { id: run.policyId, name: run.policyName, disks: run.disks };
    const news = { project, policy, tasks: [], firstSight: false };
    await settleRun(core, stores, { run, news, isNews: true });
  });
  return core.store.runs.get(runId);
}

interface SortedTasks {
  readonly rows: readonly TaskRow[];
  readonly touched: readonly PolicyRun[];
  /** The runs of which more has changed than what is known of a failure's reason. */
  readonly moved: ReadonlySet<string>;
}

async function sortIntoRuns(core: Core, stores: Stores, news: TaskNews): Promise<SortedTasks> {
  const { project, policy } = news;
  const ids = news.tasks.map((task) => task.id);
  const runs = new Map<string, PolicyRun>();
  for (const run of await stores.runs.newestOf(project.alias, policy.id, RECENT_RUNS)) runs.set(run.id, run);
  // After the runs: what another worker commits in between is known by its row.
  const known = new Map((await stores.tasks.byIds(project.alias, ids)).map((row) => [row.id, row]));
  const touched = new Set<string>();
  const moved = new Set<string>();
  const rows: TaskRow[] = [];
  for (const task of news.tasks) {
    const row = known.get(task.id);
    // It was read before somebody else saw it end.
    if (row && isFinal(row.status) && !isFinal(task.status)) continue;
    const knownRun = row?.runId;
    const run =
      (knownRun === undefined ? undefined : (runs.get(knownRun) ?? (await stores.runs.get(knownRun)))) ??
      runOf(task, [...runs.values()], core.timing.gatherMs) ??
      (await beginScheduledRun(core, stores, { news, task }));
    const tasks = [...run.tasks.filter((one) => one.id !== task.id), task];
    runs.set(run.id, { ...run, tasks });
    touched.add(run.id);
    if (row?.status !== task.status) moved.add(run.id);
    rows.push({ ...task, project: project.alias, policyId: policy.id, policyName: policy.name, runId: run.id });
  }
  return { rows, touched: [...runs.values()].filter((run) => touched.has(run.id)), moved };
}

/** The newest run of the last day in which a disk was not backed up. */
function lastThatFailed({ clock }: Core, runs: readonly PolicyRun[]): PolicyRun | undefined {
  const since = clock.now().getTime() - NEWS_MS;
  return runs
    .filter((run) => run.startedAt.getTime() >= since && hasFailures(run))
    .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime())[0];
}

async function beginScheduledRun(
  core: Core,
  stores: Stores,
  { news, task }: { news: TaskNews; task: RunTask },
): Promise<PolicyRun> {
  const { project, policy } = news;
  const run: PolicyRun = {
    id: core.ids.next(),
    project: project.alias,
    policyId: policy.id,
    policyName: policy.name,
    origin: 'schedule',
    startedBy: undefined,
    startedAt: task.createdAt,
    disks: policy.disks,
    after: undefined,
    state: 'running',
    calledAt: undefined,
    deadlineAt: new Date(task.createdAt.getTime() + core.timing.runDeadlineMs),
    finishedAt: undefined,
    failure: undefined,
    attempts: 0,
    nextCheckAt: new Date(core.clock.now().getTime() + core.timing.followMinMs),
    nextRunAt: undefined,
    diskSizes: undefined,
    tasks: [],
  };
  const key = `${project.alias}:${policy.id}:${task.id}`;
  if (await stores.runs.insert(run, key)) return run;
  // Another worker put the same run down at the same moment, and was quicker.
  return (await stores.runs.byDedupeKey(key)) ?? run;
}

async function settleRun(
  core: Core,
  stores: Stores,
  { run, news, isNews }: { run: PolicyRun; news: TaskNews; isNews: boolean },
): Promise<void> {
  const now = core.clock.now();
  // Whoever has started it says that it began: see work-on-run.ts.
  if (run.state === 'starting' || run.state === 'unknown') return;
  const state = runStateAt(run, now, core.timing.gatherMs);
  await stores.runs.move(run.id, { from: following(run, state), to: state }, patchFor(core, run, state));
  if (run.origin === 'schedule' && isNews) {
    if (state === 'running' && !hasFailures(run)) return;
    const place = { kind: 'channel', id: news.project.alertsChannel } as const;
    await stores.cards.open({ kind: 'policy-run', entityId: run.id, place });
  }
  await stores.cards.raise('policy-run', run.id);
}

function following(run: PolicyRun, to: RunState): readonly RunState[] {
  // A disk that begins late takes a scheduled run up again.
  return run.origin === 'schedule' && to === 'running' ? ['running', 'overdue', 'done'] : ['running', 'overdue'];
}

function patchFor({ clock, timing }: Core, run: PolicyRun, to: RunState): PolicyRunPatch {
  const now = clock.now();
  if (to === 'done') return { finishedAt: lastEnd(run, now) };
  const again = run.state === 'done' && to === 'running';
  return { finishedAt: undefined, ...(again && { nextCheckAt: new Date(now.getTime() + timing.followMinMs) }) };
}

function lastEnd(run: PolicyRun, now: Date): Date {
  const ends = run.tasks.flatMap((task) => (task.finishedAt ? [task.finishedAt.getTime()] : []));
  if (ends.length === 0) return now;
  const end = new Date(Math.max(...ends));
  // A person's run began by the bot's clock, and the cloud's may be another.
  const isOff = run.origin === 'person' && (end < run.startedAt || end > now);
  return isOff ? now : end;
}
