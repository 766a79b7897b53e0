import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotAllowed, NotFound } from '../../../src/core/errors.ts';
import { CloudError } from '../../../src/core/failure.ts';
import { jobsInteractions } from '../../../src/slack/jobs/interactions.ts';
import { type CoreWorld, createCoreWorld, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { type Acting, acting, readModal } from '../policies/acting.ts';

const NOBODYS = '00000000-0000-4000-8000-000000000000';

describe.each(databases.slice(0, 1))('/vbs job', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database, { project: { requesters: { users: [REQUESTER], groups: [] } } });
  });
  afterEach(() => world.close());

  const play = (user = REQUESTER) => acting(world.core, user, jobsInteractions);
  const heard = (person: Acting) => person.said.at(-1)?.text ?? '';
  /** A job that has begun, in the project's cloud. */
  const begin = async (project: 'payments' | 'analytics', name: string) => {
    const disk = [...world.simulator.world.disks.all()].find((one) => one.name === name);
    const backup = { diskId: disk?.id ?? '', name: 'b1', tags: [], description: undefined };
    const { value } = await world.core.clouds
      .of(project)
      .createBackup({ ...backup, snapshotId: undefined, full: undefined });
    return value.jobId ?? '';
  };

  it('finds a job by its id alone in whichever project has it, and follows it in place', async () => {
    const id = await begin('analytics', 'notebooks');
    world.clock.advance(5_000);
    const person = play();
    await person.command(`job ${id.toUpperCase()}`);
    expect(heard(person)).toMatch(
      /^⚙️ Running: create backup \(analytics\)\nTook \d+ s so far\n└ ✅ Done: create snapshot/,
    );
    world.clock.advance(3_600_000);
    await person.click('jobs:look', { project: 'analytics', job: id });
    expect(heard(person)).toMatch(/^✅ Done: create backup \(analytics\)\n/);
    expect(heard(person)).toMatch(/└ ✅ Done: copy snapshot · .*\d/);
  });

  it('takes the project before or after the id, and looks nowhere else then', async () => {
    const id = await begin('payments', 'payments-reports');
    const person = play();
    for (const words of [`payments ${id}`, `${id} Payments`]) {
      await person.command(`job ${words}`);
      expect(heard(person)).toContain('create backup (payments)');
    }
    await expect(person.command(`job analytics ${id}`)).rejects.toBeInstanceOf(NotFound);
    await expect(person.command(`job paymens ${id}`)).rejects.toBeInstanceOf(NotFound);
  });

  it('says so where no project has it', async () => {
    await expect(play().command(`job ${NOBODYS}`)).rejects.toMatchObject({ thing: 'job', named: NOBODYS });
  });

  it('finds it though another project does not answer, and else names the one that does not', async () => {
    const id = await begin('analytics', 'notebooks');
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    const person = play();
    await person.command(`job ${id}`);
    expect(heard(person)).toContain('create backup (analytics)');
    await person.command(`job ${NOBODYS}`);
    expect(heard(person)).toMatch(/not every project could be asked\.\npayments: .*Try again in a few minutes\.$/s);
    await expect(person.command(`job payments ${NOBODYS}`)).rejects.toBeInstanceOf(CloudError);
  });

  it.each(['job', 'job payments', 'job payments not-an-id'])(
    'says what an id looks like after /vbs %s',
    async (words) => {
      const person = play();
      await person.command(words);
      expect(heard(person)).toMatch(/An id looks like this: `\/vbs job [0-9a-f]{32}`/);
    },
  );

  it('shows the steps of a policy’s job over its details, and draws them anew there', async () => {
    const person = play();
    const id = await begin('payments', 'payments-reports');
    await person.click('jobs:steps', { project: 'payments', job: id });
    expect(readModal(person.modal)).toContain('Waiting: create backup (payments)');
    world.clock.advance(3_600_000);
    await person.click('jobs:look', { project: 'payments', job: id }, 'modal');
    expect(readModal(person.modal)).toContain('Done: create backup (payments)');
  });

  it('is for those who have to do with the project, at every click', async () => {
    const job = await begin('payments', 'payments-reports');
    const stranger = play('USTRANGER');
    await stranger.command(`job ${job}`);
    expect(heard(stranger)).toMatch(/^⛔ There is no project in which you may do this/);
    await expect(stranger.command(`job payments ${job}`)).rejects.toBeInstanceOf(NotAllowed);
    for (const action of ['jobs:look', 'jobs:steps']) {
      await expect(stranger.click(action, { project: 'payments', job })).rejects.toBeInstanceOf(NotAllowed);
    }
    expect(stranger.modal).toBeUndefined();
  });
});
