import type { People } from '../core/people.ts';
import { list } from './words.ts';

/** A person in mrkdwn. Pings them unless the message is private to someone else. */
export function mention(user: string): string {
  return `<@${user}>`;
}

/** More people and groups than these are counted, not named. */
const NAMED = 8;

/** People and user groups, as mentions. */
export function peopleWords(people: People): string {
  const all = [...people.users.map(mention), ...people.groups.map((group) => `<!subteam^${group}>`)];
  const shown = all.slice(0, NAMED);
  const left = all.length - shown.length;
  if (all.length === 0) return 'nobody yet';
  return list(left > 0 ? [...shown, `${left} more`] : shown);
}
