import { afterEach, expect, it } from 'vitest';
import { startBackground } from '../../src/background/background.ts';
import type { Core } from '../../src/core/core.ts';
import { CloudError } from '../../src/core/failure.ts';
import type { BackupService } from '../../src/core/ports.ts';
import { Projects } from '../../src/core/projects.ts';
import { type CoreWorld, createCoreWorld } from '../support/core-world.ts';
import { databases } from '../support/databases.ts';
import { eventually } from '../support/slack-person.ts';
import { manualClock } from './manual-clock.ts';

const ALIASES = Array.from({ length: 12 }, (_, n) => `project-${n}`);
const worlds: CoreWorld[] = [];

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

/** A core over many projects, whose cloud answers a sweep when the test says so. */
function manyProjects({ core }: CoreWorld): { core: Core; begun: string[]; answer: (alias: string) => void } {
  const begun: string[] = [];
  const answers = new Map<string, () => void>();
  const service = core.clouds.of('payments');
  const clouds = {
    of: (alias: string): BackupService => ({
      ...service,
      policies(signal) {
        begun.push(alias);
        return new Promise((resolve, reject) => {
          answers.set(alias, () => resolve([]));
          signal?.addEventListener('abort', () =>
            reject(new CloudError('given up', { failure: { kind: 'unavailable' }, effect: 'none' })),
          );
        });
      },
    }),
  };
  const projects = new Projects(
    ALIASES.map((alias) => ({ ...core.projects.get('payments'), alias })),
    [],
  );
  return { core: { ...core, clouds, projects }, begun, answer: (alias) => answers.get(alias)?.() };
}

it.each(databases)('a stop gives back at once the projects whose sweep has not ended ($name)', async (database) => {
  const world = await createCoreWorld(database);
  worlds.push(world);
  const { core, begun, answer } = manyProjects(world);
  const swept: string[] = [];
  const background = startBackground({
    core,
    deliverCard: async () => undefined,
    heldUntil: () => undefined,
    onSweep: (project) => swept.push(project),
  });
  await eventually(() => begun.length === 8, { what: 'eight sweeps' });
  const [first = ''] = begun;
  answer(first);
  await eventually(() => begun.length === 9, { what: 'another sweep in the place of the first' });
  await background.stop(0);
  expect(swept).toEqual([first]);
  const now = core.clock.now();
  const claim = { now, until: new Date(now.getTime() + core.timing.leaseMs), limit: 20 };
  const free = await core.store.watches.claimDue(ALIASES, claim);
  expect(free.map(({ item }) => item.project).sort()).toEqual(ALIASES.filter((alias) => alias !== first).sort());
});

it('sweeps the other projects beside those whose cloud does not answer', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is no database');
  const world = await createCoreWorld(database);
  worlds.push(world);
  const { core, begun } = manyProjects(world);
  const clock = manualClock();
  const background = startBackground({
    core: { ...core, clock: { now: () => core.clock.now(), sleep: (ms, signal) => clock.sleep(ms, signal) } },
    deliverCard: async () => undefined,
    heldUntil: () => undefined,
    onSweep: () => undefined,
  });
  await eventually(() => begun.length === 8, { what: 'eight sweeps' });
  await clock.advance(5_000);
  await eventually(() => begun.length === ALIASES.length, { what: 'a sweep of each' });
  await background.stop(0);
  expect(begun.toSorted()).toEqual(ALIASES.toSorted());
});

it('tells the log once that a project cannot be read, and once that it can again', { timeout: 60_000 }, async () => {
  const [database] = databases;
  if (!database) throw new Error('there is no database');
  const world = await createCoreWorld(database);
  worlds.push(world);
  const lines: { readonly level: string; readonly about: object; readonly message: string }[] = [];
  const record = (level: string) => (about: object, message: string) => void lines.push({ level, about, message });
  const log = { info: record('info'), warn: record('warn'), error: record('error') };
  const projects = new Projects([world.core.projects.get('payments')], []);
  const core: Core = { ...world.core, projects, log };
  const outcomes: string[] = [];
  world.simulator.setFaults({ routes: [{ route: 'policies.list', kind: 'status', status: 503 }] });
  const background = startBackground({
    core,
    deliverCard: async () => undefined,
    heldUntil: () => undefined,
    onSweep: (_, outcome) => void outcomes.push(outcome),
  });
  const swept = async (...wanted: readonly string[]) => {
    await eventually(() => outcomes.length === wanted.length, { what: wanted.join(), withinMs: 20_000 });
    expect(outcomes).toEqual(wanted);
    // The next one is due at the next tick.
    world.clock.advance(3_600_000);
  };
  await swept('failed');
  await swept('failed', 'failed');
  world.simulator.setFaults({ clear: true });
  await swept('failed', 'failed', 'ok');
  await background.stop(1_000);
  expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    'warn: the policies of a project cannot be read; it is tried again, `doctor` may tell more',
    'info: the policies of a project can be read again',
  ]);
  expect(lines[0]?.about).toMatchObject({ project: 'payments', failure: { kind: 'unavailable' } });
});
