import { type Action, CannotCheck, NotAllowed } from './errors.ts';
import type { People } from './people.ts';
import type { Directory } from './ports.ts';
import type { ManagedProject, Projects } from './projects.ts';

/** Who may do what. Asked at each click, from the settings and Slack's user groups as they are now. */
export class Access {
  readonly #directory: Directory;
  readonly #projects: Projects;

  constructor(directory: Directory, projects: Projects) {
    this.#directory = directory;
    this.#projects = projects;
  }

  /** Throws NotAllowed unless this person may do this in the project, and CannotCheck if it cannot be known now. */
  async assert(action: Action, project: ManagedProject, user: string): Promise<void> {
    const people = allowed(action, project);
    if (people === 'everyone' || (await this.#includes(project, people, user))) return;
    throw new NotAllowed({ action, project: project.alias, allowed: people });
  }

  /**
   * Whether this person may have a failed request tried again: an owner may, and whoever asked, if they still may ask.
   * `asked` is what they asked by, undefined for anybody else. Throws as `assert`.
   */
  async assertRetry(asked: Action | undefined, project: ManagedProject, user: string): Promise<void> {
    if (asked === undefined) return this.assert('retry', project, user);
    if (await this.may(asked, project, user)) return;
    if (!(await this.may('retry', project, user))) await this.assert(asked, project, user);
  }

  async may(action: Action, project: ManagedProject, user: string): Promise<boolean> {
    const people = allowed(action, project);
    return people === 'everyone' || this.#includes(project, people, user);
  }

  /** The projects in which this person may do this, in the order of the settings. */
  async projects(action: Action, user: string): Promise<readonly ManagedProject[]> {
    const answers = await Promise.all(this.#projects.managed.map((project) => this.may(action, project, user)));
    return this.#projects.managed.filter((_, index) => answers[index]);
  }

  /** Everyone who may approve in the project, by user id. Falls back on the users named one by one. */
  async approversOf(project: ManagedProject): Promise<readonly string[]> {
    const nobody = () => new Set<string>();
    return [...(await named(project.approvers, (group) => this.#directory.membersOf(group).catch(nobody)))];
  }

  /** How many may approve what this person asks for. Undefined while a user group cannot be looked up. */
  async othersWhoApprove(project: ManagedProject, requester: string): Promise<number | undefined> {
    try {
      const all = await named(project.approvers, (group) => this.#directory.membersOf(group));
      return [...all].filter((user) => user !== requester).length;
    } catch {
      return undefined;
    }
  }

  async #includes(project: ManagedProject, people: People, user: string): Promise<boolean> {
    if (people.users.includes(user)) return true;
    let lost: unknown;
    for (const group of people.groups) {
      try {
        if ((await this.#directory.membersOf(group)).has(user)) return true;
      } catch (error) {
        lost = error;
      }
    }
    if (lost !== undefined) throw new CannotCheck(project.alias, lost);
    return false;
  }
}

function allowed(action: Action, project: ManagedProject): 'everyone' | People {
  const { requesters, approvers, operators, admins } = project;
  switch (action) {
    case 'view':
      return joined(requesters, approvers, operators, admins);
    case 'request':
      return requesters;
    case 'ask-change':
      return joined(requesters, operators, admins);
    case 'run':
      return operators;
    case 'back-up':
      return joined(operators, admins);
    case 'manage':
      return admins;
    case 'audit':
      return joined(approvers, operators, admins);
    case 'approve':
    case 'retry':
    case 'stop':
    case 'withdraw':
      return approvers;
  }
}

/** Those who are named one by one, and the members of the groups. */
async function named(
  { users, groups }: People,
  membersOf: (group: string) => Promise<ReadonlySet<string>>,
): Promise<ReadonlySet<string>> {
  const members = await Promise.all(groups.map(membersOf));
  return new Set([...users, ...members.flatMap((some) => [...some])]);
}

/** Whoever is among any of these. */
function joined(...several: readonly ('everyone' | People)[]): 'everyone' | People {
  const all = several.filter((people) => people !== 'everyone');
  if (all.length < several.length) return 'everyone';
  return {
    users: [...new Set(all.flatMap((people) => people.users))],
    groups: [...new Set(all.flatMap((people) => people.groups))],
  };
}
