import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../core/ports.ts';

/** Slack's libraries log through ours; what they say below a warning says nothing to those who run the bot. */
export function libraryLog(log: Log): Logger {
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: (...said) => log.warn({ from: 'slack-sdk' }, inWords(said)),
    error: (...said) => log.error({ from: 'slack-sdk' }, inWords(said)),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}

function inWords(said: readonly unknown[]): string {
  return said.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
