// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what people write in the settings file.
import { SettingsError } from '../../src/config/fault.ts';
import { parseSettings } from '../../src/config.ts';

/** What the file names. */
export const ENV = {
  SLACK_BOT_TOKEN: 'xoxb-1-secret',
  SLACK_APP_TOKEN: 'xapp-1-secret',
  SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
  PAYMENTS_PASSWORD: 'p@ss:w/rd',
};
export const PAYMENTS = '0123456789abcdef0123456789abcdef';
export const ANALYTICS = 'fedcba9876543210fedcba9876543210';

/** A file that has what it must, with places to change. */
export function file({
  slack = '',
  top = '',
  payments = '',
  more = '',
  approvers = '[U024BE7LH]',
  channel = 'C024BE91L',
} = {}) {
  return `
slack:
  botToken: \${SLACK_BOT_TOKEN}
  appToken: \${SLACK_APP_TOKEN}
${slack}
${top}
projects:
  - alias: payments
    id: '${PAYMENTS}'
    region: eu-de
    endpoints: { iam: https://iam.example.org, vbs: https://vbs.example.org }
    credentials: { user: bot, domain: dom, password: '\${PAYMENTS_PASSWORD}' }
    approvalsChannel: '${channel}'
    approvers: { users: ${approvers} }
${payments}
${more}`;
}

/** Parses it with this environment. */
export function parse(text: string, env: Record<string, string> = ENV) {
  return parseSettings(text, { file: 'vbs-chatops.yml', env });
}

/** The error with which it is refused. */
export function refusal(text: string, env: Record<string, string> = ENV): SettingsError {
  try {
    parse(text, env);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

/** The faults as `path: problem → remedy`. */
export function faults(text: string, env: Record<string, string> = ENV): string[] {
  const { faults: found } = refusal(text, env);
  return found.map(({ path, problem, remedy }) => `${path.join('.')}: ${problem} → ${remedy}`);
}
