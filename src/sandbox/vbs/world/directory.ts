/** Things with an id and a name, found by either; a name that several bear finds none of them. */
export class Directory<T extends { id: string; name: string }> {
  readonly #kind: string;
  readonly #byId = new Map<string, T>();
  readonly #byName = new Map<string, T | 'ambiguous'>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  add(thing: T): void {
    if (this.#byId.has(thing.id)) throw new Error(`two ${this.#kind}s have the id ${thing.id}`);
    this.#byId.set(thing.id, thing);
    this.#byName.set(thing.name, this.#byName.has(thing.name) ? 'ambiguous' : thing);
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** The one that is called so; throws a sentence where there is none or more than one. */
  named(idOrName: string): T {
    const found = this.#byId.get(idOrName) ?? this.#byName.get(idOrName);
    if (found === undefined) throw new Error(`there is no ${this.#kind} "${idOrName}"`);
    if (found === 'ambiguous') throw new Error(`several ${this.#kind}s are called "${idOrName}": give the id`);
    return found;
  }

  all(): Iterable<T> {
    return this.#byId.values();
  }
}
