/** One value that changes as a whole, and whoever wants to know. */
export class Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Puts fields of the value anew. */
  set(change: Partial<T> | ((value: T) => Partial<T>)): void {
    this.replace({ ...this.#value, ...(typeof change === 'function' ? change(this.#value) : change) });
  }

  /** Puts another value in place of the whole. */
  replace(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back after each change, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
