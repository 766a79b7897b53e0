import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Action,
  type Command,
  defineAction,
  defineCommand,
  defineHome,
  defineModal,
  defineOptions,
  defineShortcut,
  type Modal,
} from '../../src/slack/define.ts';
import { loadingView } from '../../src/slack/notice-view.ts';
import { createRegistry } from '../../src/slack/registry.ts';
import { sentence } from '../../src/slack/sentence.ts';

function command(word: string): Command {
  return defineCommand({ word, summary: '', usage: '', examples: [], run: () => ({ say: sentence('x') }) });
}

function action(id: string): Action {
  return defineAction({ id, again: '/vbs', value: z.unknown(), run: () => ({ nothing: true }) });
}

function modal(id: string, actions: Modal['actions'] = []): Modal {
  return defineModal({
    id,
    again: '/vbs',
    metadata: z.unknown(),
    values: z.object({}),
    actions,
    submit: () => ({ close: true }),
  });
}

const options = (id: string) => defineOptions({ id, find: () => [] });
const shortcut = (id: string) =>
  defineShortcut({ id, on: 'global', again: '/vbs', loading: loadingView('…'), run: async () => undefined });
const home = defineHome({ render: async () => ({ type: 'home', blocks: [] }) });

test('everything is found by its name, what a modal brings along too, and help is there by itself', () => {
  const registry = createRegistry([
    command('share'),
    modal('share:ask', [action('share:project'), options('share:backup')]),
    shortcut('share:anywhere'),
    home,
  ]);

  expect({
    commands: [...registry.commands.keys()],
    modals: [...registry.modals.keys()],
    actions: [...registry.actions.keys()],
    options: [...registry.options.keys()],
    shortcuts: [...registry.shortcuts.keys()],
    home: registry.home === home,
  }).toEqual({
    commands: ['share', 'help'],
    modals: ['share:ask'],
    actions: ['share:project'],
    options: ['share:backup'],
    shortcuts: ['share:anywhere'],
    home: true,
  });
});

test('a searched select may have an action of the same id', () => {
  const registry = createRegistry([action('share:backup'), options('share:backup')]);

  expect([registry.actions.has('share:backup'), registry.options.has('share:backup')]).toEqual([true, true]);
});

test.each([
  ['command "share" is defined twice', [command('share'), command('share')]],
  ['command "help" is defined twice', [command('help')]],
  ['modal "share:ask" is defined twice', [modal('share:ask'), modal('share:ask')]],
  ['action "share:go" is defined twice', [modal('share:ask', [action('share:go')]), action('share:go')]],
  ['options "share:backup" is defined twice', [options('share:backup'), options('share:backup')]],
  ['shortcut "share:anywhere" is defined twice', [shortcut('share:anywhere'), shortcut('share:anywhere')]],
  ['home tab is defined twice', [home, home]],
  ['command "Share Now" is not named as it must be: one lower-case word', [command('Share Now')]],
  ['action "approve" is not named as it must be: feature:action', [action('approve')]],
  ['action "share:go#1" is not named as it must be', [action('share:go#1')]],
  ['action "link:card" is not named as it must be', [action('link:card')]],
])('at boot: the %s', (problem, definitions) => {
  expect(() => createRegistry(definitions)).toThrow(problem);
});
