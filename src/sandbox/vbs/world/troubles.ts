/** What is to befall the next backup of a disk. */
export type Trouble =
  | { kind: 'fail'; code: string; reason: string; withoutJob: boolean }
  | { kind: 'timeout' }
  | { kind: 'slow'; factor: number };

/** What is to befall the next restore onto a disk; what lasts leaves the disk and the backup in error. */
export interface RestoreTrouble {
  code: string;
  reason: string;
  lasting: boolean;
}

/** What is to befall the next deletion of a backup. */
export interface DeleteTrouble {
  code: string;
  reason: string;
}

/** Troubles in store, by the disk or backup that they wait for; each befalls one work. */
export class Troubles<T = Trouble> {
  readonly #waiting = new Map<string, T[]>();

  add(id: string, trouble: T): void {
    this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), trouble]);
  }

  take(id: string): T | undefined {
    return this.#waiting.get(id)?.shift();
  }

  clear(): void {
    this.#waiting.clear();
  }
}
