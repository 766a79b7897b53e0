import { APP, SLACKBOT } from './identity.ts';

/** Someone of the workspace; `role` says in words what they may do, for whoever plays them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
}

/** The people and user groups of the workspace. */
export class Directory {
  readonly people: ReadonlyMap<string, Person>;
  readonly groups: ReadonlyMap<string, UserGroup>;

  constructor(people: readonly Person[], groups: readonly UserGroup[]) {
    const apps: Person[] = [
      { id: APP.bot_user_id, name: APP.bot_name, role: 'the app', is_bot: true },
      { id: SLACKBOT, name: 'slackbot', role: 'Slack itself', is_bot: true },
    ];
    this.people = new Map([...people, ...apps].map((person) => [person.id, person]));
    this.groups = new Map(groups.map((group) => [group.id, group]));
  }

  /** Someone who can sit in front of a screen: no app, and not deactivated. */
  human(id: string): Person | undefined {
    const person = this.people.get(id);
    return person?.is_bot === true || person?.deleted === true ? undefined : person;
  }

  byHandle(handle: string): Person | undefined {
    return [...this.people.values()].find((person) => handleOf(person) === handle.toLowerCase());
  }
}

/** The name by which others mention this person: lower case, without spaces. */
export function handleOf(person: Person): string {
  return person.name.trim().toLowerCase().replace(/\s+/g, '.');
}
