import { cut, LIMITS, type Message, oneLine } from '../kit.ts';
import type { Names } from './names.ts';

const MENTION = /<@([UW][A-Z0-9]+)>/g;
/** Of a name, so that a line keeps about its length. */
const LONGEST_NAME = 60;

/**
 * The message with names in the place of mentions: in a channel a card tells who did what, and calls nobody. Whose name
 * cannot be told stays mentioned. Text of people and of the cloud is escaped, so no mention here is theirs.
 */
export async function withoutPings(drawn: Message, names: Names): Promise<Message> {
  const users = new Set(Array.from(JSON.stringify(drawn).matchAll(MENTION), ([, user = '']) => user));
  if (users.size === 0) return drawn;
  const found = await Promise.all(Array.from(users, async (user) => [user, await names(user)] as const));
  const known = new Map(found.flatMap(([user, name]) => (name ? [[user, oneLine(name, LONGEST_NAME)] as const] : [])));
  const named = (text: string, max: number) =>
    cut(
      text.replaceAll(MENTION, (mention, user: string) => known.get(user) ?? mention),
      max,
    );
  return {
    text: named(drawn.text, LIMITS.messageText),
    blocks: replaced(drawn.blocks, (text) => named(text, LIMITS.sectionText)),
  };
}

/** The value with every text of mrkdwn in it changed. */
function replaced<T>(value: T, change: (text: string) => string): T;
function replaced(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => replaced(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const isText = 'type' in value && value.type === 'mrkdwn' && 'text' in value && typeof value.text === 'string';
  if (isText) return { ...value, text: change(String(value.text)) };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, change)]));
}
