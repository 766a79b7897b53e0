import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** An id of Slack's form: a letter that names the kind, then capitals and digits. */
export function newId(prefix: string, length = 10): string {
  return prefix + Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** A word that cannot be guessed, for tickets, triggers and response URLs. */
export function newSecret(): string {
  return randomBytes(16).toString('hex');
}

/** Gives time stamps of Slack's form (`seconds.micros`), each later than the one before, whatever the clock does. */
export class Stamps {
  readonly #now: () => Date;
  #last = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  next(): string {
    const micros = Math.max(this.#now().getTime() * 1000, this.#last + 1);
    this.#last = micros;
    return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
  }
}
