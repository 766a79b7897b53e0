import { readdir, readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { interactions } from '../src/slack/features.ts';
import { createRegistry } from '../src/slack/registry.ts';
import { MANIFEST, MANIFEST_FOR_HTTP } from './support/manifest.ts';

/** Slack's own schemas of a manifest (github.com/slackapi/manifest-schema, v0.5.0), where somebody has put them beside the project. */
const SCHEMAS = new URL('../../shared/manifest-schema/', import.meta.url);
/** Under this address the second version refers to the first. */
const PUBLISHED = 'https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/';

const names = z.array(z.string());
const manifest = z
  .looseObject({
    features: z.looseObject({
      app_home: z.looseObject({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.boolean() }),
      shortcuts: z.array(
        z.looseObject({ name: z.string(), type: z.enum(['global', 'message']), callback_id: z.string() }),
      ),
      slash_commands: z.array(
        z.looseObject({ command: z.string(), should_escape: z.boolean(), usage_hint: z.string() }),
      ),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: names, bot_optional: names }) }),
    settings: z.looseObject({ event_subscriptions: z.looseObject({ bot_events: names }) }),
  })
  .parse(parse(MANIFEST));

/**
 * The scopes that each method of the Web API wants of a bot, by https://docs.slack.dev/reference/methods; `optional` where
 * the bot can do without the call.
 */
const SCOPES_OF: Readonly<Record<string, { scopes: readonly string[]; optional?: true }>> = {
  'apps.connections.open': { scopes: [] },
  'auth.test': { scopes: [] },
  'chat.getPermalink': { scopes: [] },
  'chat.postEphemeral': { scopes: ['chat:write'] },
  'chat.postMessage': { scopes: ['chat:write'] },
  'chat.update': { scopes: ['chat:write'] },
  'conversations.history': { scopes: ['channels:history', 'groups:history', 'im:history'], optional: true },
  'conversations.info': { scopes: ['channels:read', 'groups:read'] },
  'conversations.open': { scopes: ['im:write'] },
  'conversations.replies': { scopes: ['channels:history', 'groups:history', 'im:history'], optional: true },
  'files.uploadV2': { scopes: ['files:write'] },
  'usergroups.list': { scopes: ['usergroups:read'] },
  'usergroups.users.list': { scopes: ['usergroups:read'] },
  'users.info': { scopes: ['users:read'] },
  'views.open': { scopes: [] },
  'views.publish': { scopes: [] },
  'views.push': { scopes: [] },
  'views.update': { scopes: [] },
};

const CALL = /\.((?:apps|auth|chat|conversations|files|usergroups|users|views)\.([\w.]+))\(/g;

describe('the manifest', async () => {
  const schemas = await readSchemas();
  if (schemas === undefined) {
    const missing = 'those of github.com/slackapi/manifest-schema are not in ../shared/manifest-schema';
    if (process.env['CI'] === 'true') throw new Error(missing);
    it.skip(`is held against Slack's schema: SKIPPED, because ${missing}`, () => undefined);
  } else {
    const faultsOf = validator(schemas);

    it.each([
      ['as it is', MANIFEST],
      ['changed for HTTP as its comments say', MANIFEST_FOR_HTTP],
    ])('is valid by Slack’s own schema %s', (_how, text) => {
      expect(faultsOf(parse(text))).toEqual([]);
    });

    it('would not be valid with a misspelt key, a command without its slash, or a scope that is a number', () => {
      expect(faultsOf(parse(MANIFEST.replace('usage_hint', 'usage_hints')))).toEqual([
        '/features/slash_commands/0 must NOT have additional properties',
      ]);
      expect(faultsOf(parse(MANIFEST.replace('command: /vbs', 'command: vbs')))).toHaveLength(1);
      expect(faultsOf(parse(MANIFEST.replace(/- commands$/m, '- 5')))).toEqual([
        '/oauth_config/scopes/bot/0 must be string',
      ]);
    });
  }

  it('asks for the scopes of the calls that the code makes, and no others', async () => {
    const calls = await callsIn(new URL('../src/slack/', import.meta.url), new URL('../src/doctor/', import.meta.url));
    expect(calls.filter((call) => SCOPES_OF[call] === undefined)).toEqual([]);
    const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
    const wanted = (of: 'needed' | 'optional') =>
      calls.flatMap((call) => {
        const { scopes = [], optional: can = false } = SCOPES_OF[call] ?? {};
        return can === (of === 'optional') ? scopes : [];
      });
    expect([...bot].sort()).toEqual([...new Set(['commands', ...wanted('needed')])].sort());
    expect([...optional].sort()).toEqual([...new Set(wanted('optional'))].sort());
  });

  it('has the one command, with its words in the hint, and ids instead of names in its text', () => {
    const { slash_commands: commands } = manifest.features;
    expect(commands.map(({ command, should_escape: escapes }) => ({ command, escapes }))).toEqual([
      { command: '/vbs', escapes: true },
    ]);
    const hinted = (commands[0]?.usage_hint ?? '').replace(/^\[(.*)\]$/, '$1').split(' | ');
    expect(hinted.sort()).toEqual([...createRegistry(interactions).commands.keys()].sort());
  });

  it('has every shortcut of the bot, by names that Slack shows in full', () => {
    const { shortcuts } = manifest.features;
    const defined = [...createRegistry(interactions).shortcuts.values()];
    expect(shortcuts.map(({ callback_id: id, type }) => [id, type])).toEqual(defined.map(({ id, on }) => [id, on]));
    for (const { name } of shortcuts) expect(name.length, name).toBeLessThanOrEqual(24);
  });

  it('has the home tab and its event, and lets people read what the bot writes to them', () => {
    expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(['app_home_opened']);
  });
});

async function readSchemas(): Promise<readonly [object, object] | undefined> {
  const read = async (version: string) =>
    z.looseObject({}).parse(JSON.parse(await readFile(new URL(`manifest.schema.${version}.json`, SCHEMAS), 'utf8')));
  try {
    return [await read('1.0.0'), await read('2.0.0')];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function validator([first, second]: readonly [object, object]): (candidate: unknown) => readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(first, `${PUBLISHED}manifest.schema.1.0.0.json`);
  ajv.addSchema(second, `${PUBLISHED}manifest.schema.2.0.0.json`);
  const validate = ajv.compile(second);
  const told = ({ instancePath, message = '' }: ErrorObject) => `${instancePath} ${message}`;
  return (candidate) => (validate(candidate) ? [] : (validate.errors ?? []).map(told));
}

/** The methods of the Web API that the code in these folders calls. */
async function callsIn(...folders: readonly URL[]): Promise<readonly string[]> {
  const calls = new Set<string>();
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true })) {
      if (!entry.endsWith('.ts')) continue;
      const source = await readFile(new URL(entry, folder), 'utf8');
      for (const [, call = '', method = ''] of source.matchAll(CALL)) {
        // Users of a group are a list, too.
        if (!(method in Array.prototype)) calls.add(call);
      }
    }
  }
  return [...calls].sort();
}
