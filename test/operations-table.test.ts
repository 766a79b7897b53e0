import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { interactions } from '../src/slack/features.ts';
import { createRegistry } from '../src/slack/registry.ts';
import { createVbsClient } from '../src/vbs/client.ts';
import { operations } from '../src/vbs/operations.ts';

const root = new URL('../', import.meta.url);
const readme = await readFile(new URL('README.md', root), 'utf8');
const registry = createRegistry(interactions);

interface Row {
  readonly operation: string;
  readonly call: string;
  readonly slack: string;
}

/** What can be clicked, by the words of the table, and what the click is registered as. */
const clicks: Readonly<Record<string, string>> = {
  'Share backup named here': 'share:named-here',
  Approve: 'share:approve',
  'Stop sharing': 'share:stop-sharing',
  'Stop all sharings': 'share:stop-all',
  Details: 'backups:details',
  'Back up a disk': 'backup:begin',
  Restore: 'restore:begin',
  Delete: 'delete:begin',
  'Show steps': 'jobs:steps',
  'New policy': 'policy:new',
  Edit: 'policy:edit',
  'Add disks': 'policy:add-disks',
  'Remove disks': 'policy:remove-disks',
  'Add or change several': 'tags:edit',
  Remove: 'tags:remove',
  'Find policies': 'tags:find',
  Enable: 'policy:turn',
  Disable: 'policy:turn',
  'Run now': 'policies:run-now',
};

function rowsIn(text: string): readonly Row[] {
  const [, table = ''] = /<!-- operations -->([\s\S]*)<!-- \/operations -->/.exec(text) ?? [];
  return [...table.matchAll(/^\| (?!operation \||---)(.+) \| `(.+)` \| (.+) \|$/gm)].map(
    ([, operation = '', call = '', slack = '']) => ({ operation, call, slack }),
  );
}

/** Everything that the Slack side says, with the counts in its templates left out. */
async function wordsOfSlack(): Promise<string> {
  const folder = new URL('src/slack/', root);
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  const manifest = await readFile(new URL('manifest.yml', root), 'utf8');
  return [...sources, manifest].join('\n').replaceAll(/ \$\{[^}]*\}/g, '');
}

const rows = rowsIn(readme);
const words = await wordsOfSlack();
describe('the table of operations in the README', () => {
  it('has every operation of the client, once and in its order', () => {
    expect(rows.map(({ operation }) => operation)).toEqual(Object.values(operations).map(({ name }) => name));
  });

  it.each(rows)('names the call of the client for “$operation”', async ({ call }) => {
    const client = createVbsClient({
      project: { id: '0'.repeat(32), name: 'payments' },
      endpoints: { iam: 'http://127.0.0.1:9', vbs: 'http://127.0.0.1:9' },
      credentials: { kind: 'password', user: 'u', password: 'p', domain: 'd' },
    });
    const found = call.split('.').reduce<unknown>((of, key) => (isObject(of) ? of[key] : undefined), client);
    await client.close();
    expect(typeof found).toBe('function');
  });

  it.each(rows)('leads from Slack to “$operation” by commands and buttons that there are', ({ slack }) => {
    const commands = [...slack.matchAll(/`\/vbs (\S+)`/g)].map(([, word = '']) => word);
    const labels = [...slack.matchAll(/\*([^*]+)\*/g)].map(([, label = '']) => label);
    for (const word of commands) expect([...registry.commands.keys()]).toContain(word);
    for (const label of labels) {
      const id = clicks[label] ?? '';
      expect([...registry.actions.keys(), ...registry.modals.keys(), ...registry.shortcuts.keys()], label).toContain(
        id,
      );
      expect(words.includes(`'${label}`) || words.includes(`\`${label}`) || words.includes(`: ${label}`), label).toBe(
        true,
      );
    }
    const isAsked = slack.startsWith('all of it') || commands.length + labels.length > 0;
    expect(isAsked, slack).toBe(true);
  });
});

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
