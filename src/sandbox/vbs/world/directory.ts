/** Things with an id and a name, found by either; a name that several bear finds none of them. */
export class Directory<T extends { id: string; name: string }> {
  readonly #kind: string;
  readonly #byId = new Map<string, T>();
  readonly #byName = new Map<string, Set<T>>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  add(thing: T): void {
    if (this.#byId.has(thing.id)) throw new Error(`two ${this.#kind}s have the id ${thing.id}`);
    this.#byId.set(thing.id, thing);
    this.#enter(thing);
  }

  remove(id: string): void {
    const thing = this.#byId.get(id);
    if (thing === undefined) return;
    this.#byId.delete(id);
    this.#byName.get(thing.name)?.delete(thing);
  }

  rename(thing: T, name: T['name']): void {
    this.#byName.get(thing.name)?.delete(thing);
    thing.name = name;
    this.#enter(thing);
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** The one that is called so; throws a sentence where there is none or more than one. */
  named(idOrName: string): T {
    const [found, ...others] = this.#byId.has(idOrName)
      ? [this.#byId.get(idOrName)]
      : (this.#byName.get(idOrName) ?? []);
    if (found === undefined) throw new Error(`there is no ${this.#kind} "${idOrName}"`);
    if (others.length > 0) throw new Error(`several ${this.#kind}s are called "${idOrName}": give the id`);
    return found;
  }

  all(): Iterable<T> {
    return this.#byId.values();
  }

  #enter(thing: T): void {
    const bearers = this.#byName.get(thing.name) ?? new Set<T>();
    bearers.add(thing);
    this.#byName.set(thing.name, bearers);
  }
}
