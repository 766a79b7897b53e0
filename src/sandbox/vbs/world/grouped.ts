/** Things by id and, in the order in which they came, by group. */
export class Grouped<T extends { id: string }> {
  readonly #byId = new Map<string, T>();
  readonly #groups = new Map<string, Map<string, T>>();
  readonly #groupsOf: (thing: T) => string[];

  /** `groupsOf` names the groups that a thing belongs to; they never change. */
  constructor(groupsOf: (thing: T) => string[]) {
    this.#groupsOf = groupsOf;
  }

  add(thing: T): void {
    if (this.#byId.has(thing.id)) throw new Error(`two things have the id ${thing.id}`);
    this.#byId.set(thing.id, thing);
    for (const name of this.#groupsOf(thing)) {
      const group = this.#groups.get(name) ?? new Map<string, T>();
      group.set(thing.id, thing);
      this.#groups.set(name, group);
    }
  }

  remove(id: string): void {
    const thing = this.#byId.get(id);
    if (thing === undefined) return;
    this.#byId.delete(id);
    for (const name of this.#groupsOf(thing)) this.#groups.get(name)?.delete(id);
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  in(group: string): T[] {
    return [...(this.#groups.get(group)?.values() ?? [])];
  }

  all(): T[] {
    return [...this.#byId.values()];
  }
}
