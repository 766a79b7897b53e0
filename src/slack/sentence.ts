import type { Message } from './kit.ts';
import { context, message, section } from './kit.ts';

/** A message to one person: a sentence of safe mrkdwn, and what someone may need to copy in small type. */
export function sentence(text: string, ...small: readonly string[]): Message {
  const spoken = small.length > 0 ? `${text}\n${small.join('\n')}` : text;
  return message(spoken, [section(text), ...(small.length > 0 ? [context(...small)] : [])]);
}
