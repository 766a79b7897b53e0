/** What is to befall the next backup of a disk. */
export type Trouble =
  | { kind: 'fail'; code: string; reason: string; withoutJob: boolean }
  | { kind: 'timeout' }
  | { kind: 'slow'; factor: number };

/** Troubles in store, by disk; each befalls one backup. */
export class Troubles {
  readonly #byDisk = new Map<string, Trouble[]>();

  add(diskId: string, trouble: Trouble): void {
    this.#byDisk.set(diskId, [...(this.#byDisk.get(diskId) ?? []), trouble]);
  }

  take(diskId: string): Trouble | undefined {
    return this.#byDisk.get(diskId)?.shift();
  }

  clear(): void {
    this.#byDisk.clear();
  }
}
