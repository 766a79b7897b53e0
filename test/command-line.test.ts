import { describe, expect, test } from 'vitest';
import { readCommand, USAGE, UsageError } from '../src/command-line.ts';

describe('the command line', () => {
  test.each([
    ['start', { name: 'start', config: 'vbs-chatops.yml' }],
    ['start --config /etc/vbs.yml', { name: 'start', config: '/etc/vbs.yml' }],
    ['doctor', { name: 'doctor', config: 'vbs-chatops.yml', manifest: undefined }],
    ['doctor --manifest my.yml', { name: 'doctor', config: 'vbs-chatops.yml', manifest: 'my.yml' }],
    ['demo', { name: 'demo', port: 3000, keep: false, play: false }],
    ['demo --port 0 --keep --play', { name: 'demo', port: 0, keep: true, play: true }],
    ['help', { name: 'help' }],
    ['start --help', { name: 'help' }],
    ['-h', { name: 'help' }],
  ])('%s', (words, command) => {
    expect(readCommand(words.split(' '))).toEqual(command);
  });

  test.each([
    ['', 'No command is given.'],
    ['stop', 'There is no command "stop".'],
    ['start now please', '"now please" is too much.'],
    ['start --play', 'start has no option --play.'],
    ['start --conf x', "Unknown option '--conf'."],
    ['start --config', "Option '--config <value>' argument missing."],
    ['demo --port many', '--port many is no port: give 0 to 65535.'],
    ['demo --port 65536', '--port 65536 is no port: give 0 to 65535.'],
  ])('refuses "%s" and says how to call the program', (words, problem) => {
    const read = () => readCommand(words.split(' ').filter(Boolean));
    expect(read).toThrow(UsageError);
    expect(read).toThrow(`${problem}\n\n${USAGE.trimEnd()}`);
  });
});
