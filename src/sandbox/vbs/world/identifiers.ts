import { createHash } from 'node:crypto';

/**
 * Ids that look like the cloud's. What is named by words has the same id at every start with the same key; what comes
 * to be while the cloud runs is counted within the run, so that a later run brings no id that was already seen.
 */
export class Identifiers {
  readonly #key: string;
  readonly #run: string;
  readonly #counters = new Map<string, number>();

  constructor(key: string, run = '') {
    this.#key = key;
    this.#run = run;
  }

  /** The UUID that always belongs to these words. */
  uuidOf(...words: string[]): string {
    const hex = this.hexOf(...words);
    const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3];
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join('-');
  }

  /** The 32 hexadecimal characters that always belong to these words. */
  hexOf(...words: string[]): string {
    return this.#digest(words).toString('hex').slice(0, 32);
  }

  /** As `uuidOf`, but another one each time that the same words come again. */
  freshUuidOf(...words: string[]): string {
    const count = this.#next(JSON.stringify(words));
    return count === 1 ? this.uuidOf(...words) : this.uuidOf(...words, `#${count}`);
  }

  /** The next UUID of a kind. */
  nextUuid(kind: string): string {
    return this.uuidOf(this.#run, kind, `#${this.#next(kind)}`);
  }

  /** The next 32 hexadecimal characters of a kind. */
  nextHex(kind: string): string {
    return this.hexOf(this.#run, kind, `#${this.#next(kind)}`);
  }

  /** An opaque token of the length that Keystone's have. */
  nextToken(): string {
    const count = this.#next('token');
    const bytes = [0, 1, 2, 3].map((part) => this.#digest([this.#run, 'token', `#${count}`, `${part}`]));
    return `gAAAAA${Buffer.concat(bytes).toString('base64url')}`;
  }

  #next(kind: string): number {
    const count = (this.#counters.get(kind) ?? 0) + 1;
    this.#counters.set(kind, count);
    return count;
  }

  #digest(words: string[]): Buffer {
    return createHash('sha256')
      .update(JSON.stringify([this.#key, ...words]))
      .digest();
  }
}
