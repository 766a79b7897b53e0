export * from '../../src/sandbox/slack/person.ts';
