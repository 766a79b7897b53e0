import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settings } from '../../src/config.ts';
import { DEMO_GROUPS, DEMO_PEOPLE, demoSettings } from '../../src/sandbox/demo-settings.ts';
import { demoSeed } from '../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';

let simulator: VbsSimulator;
let settings: Settings;

beforeAll(async () => {
  simulator = await createVbsSimulator({ seed: demoSeed(new Date()) });
  const slack = { tokens: { bot: 'xoxb-demo', app: 'xapp-demo' }, apiUrl: 'http://127.0.0.1:1/api/' };
  settings = demoSettings({ slack, simulator, databaseUrl: 'sqlite:./none.db' });
});
afterAll(() => simulator.close());

it.each(Object.values(DEMO_PEOPLE))('$name is in the settings what the role says: $role', ({ id, role }) => {
  const groups = DEMO_GROUPS.filter(({ users }) => users.some((user) => user === id)).map((group) => group.id);
  const among = (who: { users: readonly string[]; groups: readonly string[] }) =>
    who.users.includes(id) || who.groups.some((group) => groups.includes(group));
  const projects = settings.projects.flatMap((project) => ('approvers' in project ? [project] : []));
  const aliases = projects.map(({ alias }) => alias);
  const of = (right: 'approvers' | 'operators' | 'admins' | 'requesters') =>
    projects.flatMap(({ alias, [right]: who }) => (who !== 'everyone' && among(who) ? [alias] : []));
  const [, approved = ''] = /^approver of ([a-z ]+)/.exec(role) ?? [];
  expect({
    approves: of('approvers'),
    operates: of('operators'),
    changes: of('admins'),
    asks: of('requesters'),
  }).toEqual({
    approves: approved === '' ? [] : approved.split(' and '),
    operates: role.startsWith('operator') ? aliases : [],
    changes: role.startsWith('admin') ? aliases : [],
    asks: role.includes('ask for backups') ? aliases : [],
  });
});
