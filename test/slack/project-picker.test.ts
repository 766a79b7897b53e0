import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Access } from '../../src/core/access.ts';
import type { Core } from '../../src/core/core.ts';
import { NotAllowed, NotFound } from '../../src/core/errors.ts';
import { Projects } from '../../src/core/projects.ts';
import { defineProjectCommand } from '../../src/slack/project-picker.ts';
import { sentence } from '../../src/slack/sentence.ts';
import { type CoreWorld, createCoreWorld, OPERATOR, REQUESTER } from '../support/core-world.ts';
import { databases } from '../support/databases.ts';
import { acting, RESPONSE_URL, readModal } from './policies/acting.ts';

describe.each(databases.slice(0, 1))('a command about one project', (database) => {
  let world: CoreWorld;
  let core: Core;
  let operators: string[];
  /** Ends the wait after which a person is told what is waited for. */
  let slow: () => void;
  let answered: () => Promise<void>;

  beforeEach(async () => {
    operators = [OPERATOR];
    world = await createCoreWorld(database, { project: { operators: { users: operators, groups: [] } } });
    const sleep = (_: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        slow = resolve;
        signal?.addEventListener('abort', () => reject(new Error('ended before')));
      });
    core = { ...world.core, clock: { now: () => world.clock.now(), sleep } };
    answered = async () => {};
  });
  afterEach(() => world.close());

  const play = (user = REQUESTER, action: 'view' | 'run' = 'view') =>
    acting(
      core,
      user,
      defineProjectCommand({
        word: 'things',
        summary: '',
        usage: '[project]',
        examples: [],
        action,
        title: 'Things',
        waiting: (project) => `Reading the things of ${project.alias}…`,
        async answer(_, { project, rest }, reply) {
          await answered();
          await reply.say(sentence(`Things of ${project.alias}: ${rest.join(' ')}`));
        },
      }),
    );
  const told = (messages: readonly { text: string }[]) => messages.map(({ text }) => text);

  it('answers about the project that is named, in whatever case, with the other arguments', async () => {
    const person = play();
    await person.command('things Payments out x');
    expect(told(person.said)).toEqual(['Things of payments: out x']);
  });

  it('asks for the project that is left out, and answers where the command was given', async () => {
    const person = play();
    await person.command('things');
    expect(readModal(person.modal)).toContain('"value":"analytics"');
    await person.submit({ project: 'analytics' });
    expect(person.modal).toBeUndefined();
    expect(person.saidThrough.map(([url, message]) => [url, message.text])).toEqual([
      [RESPONSE_URL, 'Things of analytics: '],
    ]);
  });

  it('asks nothing where only one project comes into question', async () => {
    const projects = new Projects(core.projects.managed.slice(0, 1), []);
    core = { ...core, projects, access: new Access({ membersOf: async () => new Set() }, projects) };
    const person = play();
    await person.command('things');
    expect(told(person.said)).toEqual(['Things of payments: ']);
  });

  it('says so where no project comes into question', async () => {
    const person = play(REQUESTER, 'run');
    await person.command('things');
    expect(told(person.said)).toEqual([
      '⛔ There is no project in which you may do this. Who may do what is in the settings of whoever runs the bot.',
    ]);
  });

  it('refuses a project that there is not, naming those there are, and one in which the person may not', async () => {
    await expect(play().command('things paymnets')).rejects.toMatchObject({
      candidates: ['payments', 'analytics', 'platform'],
    });
    await expect(play().command('things paymnets')).rejects.toBeInstanceOf(NotFound);
    await expect(play(REQUESTER, 'run').command('things payments')).rejects.toBeInstanceOf(NotAllowed);
    await expect(play(OPERATOR, 'run').command('things payments')).resolves.toBeUndefined();
  });

  it('checks again what the person may, once the project is chosen', async () => {
    const person = play(OPERATOR, 'run');
    await person.command('things');
    operators.length = 0;
    await expect(person.submit({ project: 'payments' })).rejects.toBeInstanceOf(NotAllowed);
  });

  it('says what is waited for when the answer takes long after the choice', async () => {
    const person = play();
    await person.command('things');
    const { promise, resolve: go } = openPromise();
    answered = () => promise;
    const submitted = person.submit({ project: 'payments' });
    await new Promise(setImmediate);
    slow();
    await new Promise(setImmediate);
    go();
    await submitted;
    expect(person.saidThrough.map(([, message]) => message.text)).toEqual([
      'Reading the things of payments…',
      'Things of payments: ',
    ]);
  });
});

function openPromise(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
