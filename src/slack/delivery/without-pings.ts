import { cut, LIMITS, type Message, oneLine } from '../kit.ts';
import type { Names } from './names.ts';

const MENTION = /<@([UW][A-Z0-9]+)>/g;
/** Of a name, so that a line keeps about its length. */
const LONGEST_NAME = 60;

/** Who did something, where Slack does not tell their name now. */
const SOMEONE = 'someone';

/** A card as it is shown in a channel, where it tells who did what and calls nobody. */
export interface Unpinged {
  /** To post. */
  readonly post: Message;
  /** To change a message with. Slack calls nobody then, so whose name cannot be told is mentioned. */
  readonly update: Message;
  /** Whether a name is missing in the post, which a change would show. */
  readonly nameless: boolean;
}

/**
 * The message with names in the place of mentions. Text of people and of the cloud is escaped, so no mention here is
 * theirs.
 */
export async function withoutPings(drawn: Message, names: Names): Promise<Unpinged> {
  const users = new Set(Array.from(JSON.stringify(drawn).matchAll(MENTION), ([, user = '']) => user));
  if (users.size === 0) return { post: drawn, update: drawn, nameless: false };
  const found = await Promise.all(Array.from(users, async (user) => [user, await names(user)] as const));
  const known = new Map(found.flatMap(([user, name]) => (name ? [[user, oneLine(name, LONGEST_NAME)] as const] : [])));
  const update = named(drawn, (mention, user) => known.get(user) ?? mention);
  const nameless = known.size < users.size;
  return { post: nameless ? named(update, () => SOMEONE) : update, update, nameless };
}

/** The message with other words in the place of its mentions. */
function named({ text, blocks }: Message, words: (mention: string, user: string) => string): Message {
  const change = (one: string, max: number) => cut(one.replaceAll(MENTION, words), max);
  return {
    text: change(text, LIMITS.messageText),
    blocks: replaced(blocks, (one) => change(one, LIMITS.sectionText)),
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
