import { VbsApiError } from '../errors.ts';

/** Logs in for one project, unless the identity service is not to be asked yet. Throws LoginRefused, or what `send` does. */
export type Login = <T>(send: () => Promise<T>) => Promise<T>;

/** Keeps count of refused logins, so that no user is locked by the cloud. Shared by the clients whose users may be one. */
export interface Logins {
  /** For a project of a user, as `user` names it. */
  of(user: string, now: () => Date): Login;
}

/** The identity service does not take the credentials, or did not lately and is not asked again so soon. */
export class LoginRefused extends Error {
  readonly refusal: VbsApiError;
  readonly nextTryAt: Date;

  constructor(refusal: VbsApiError, nextTryAt: Date) {
    super('the login was refused', { cause: refusal });
    this.name = 'LoginRefused';
    this.refusal = refusal;
    this.nextTryAt = nextTryAt;
  }
}

/** The clouds lock a user after 3 to 10 refused logins within 15 to 60 minutes. Source: the login policy of their IAM. */
const shortestMs = 60_000;
const longestMs = 30 * 60_000;

/** Makes the count, which begins anew with each process. */
export function createLogins(): Logins {
  const accounts = new Map<string, Account>();
  return {
    of(user, now) {
      const account = accounts.get(user) ?? new Account();
      accounts.set(user, account);
      return account.join(now);
    },
  };
}

/** How long to wait after refusals: 1, 2, 4, … up to 30 minutes. */
class Hold {
  until = 0;
  #refusals = 0;

  grow(at: number): number {
    this.until = at + Math.min(longestMs, shortestMs * 2 ** this.#refusals++);
    return this.until;
  }

  end(): void {
    this.until = 0;
    this.#refusals = 0;
  }
}

interface Member {
  readonly own: Hold;
  /** Let in at least once. */
  known: boolean;
  /** Refused while another was let in: what is wrong is this project's id or role, and holds nobody else back. */
  alone: boolean;
  notBefore: number;
}

/** The logins of one user, in whichever projects. */
class Account {
  readonly #members: Member[] = [];
  readonly #common = new Hold();
  #underWay: Promise<unknown> | undefined;
  #refusal: VbsApiError | undefined;

  join(now: () => Date): Login {
    const member: Member = { own: new Hold(), known: false, alone: false, notBefore: 0 };
    this.#members.push(member);
    return async (send) => {
      // Several at once would all be refused before the first of them is known to be.
      if (this.#underWay !== undefined) await this.#underWay;
      const until = Math.max(member.notBefore, this.#common.until);
      const wait = until - now().getTime();
      // A longer wait is none of ours: the clock was put back.
      if (this.#refusal !== undefined && wait > 0 && wait <= longestMs + shortestMs)
        throw new LoginRefused(this.#refusal, new Date(until));
      const sent = send();
      const ended = sent.then(
        () => this.#accept(member),
        (error: unknown) => this.#judge(member, error, now),
      );
      const over = ended.catch(() => undefined);
      this.#underWay = over;
      void over.then(() => {
        if (this.#underWay === over) this.#underWay = undefined;
      });
      await ended;
      return await sent;
    };
  }

  #accept(member: Member): void {
    this.#common.end();
    for (const other of this.#members) other.alone ||= other !== member && other.notBefore > 0;
    member.known = true;
    member.alone = false;
    member.own.end();
    member.notBefore = 0;
  }

  #judge(member: Member, error: unknown, now: () => Date): never {
    if (!(error instanceof VbsApiError) || error.kind !== 'unauthorized') throw error;
    this.#refusal = error;
    // Once known, one is refused for what may concern all, such as a new password.
    member.alone ||= !member.known && this.#members.some((other) => other.known);
    const until = (member.alone ? member.own : this.#common).grow(now().getTime());
    // The next turn is another project's: it may be let in where this one is not.
    member.notBefore = until + (this.#members.length > 1 ? shortestMs : 0);
    throw new LoginRefused(error, new Date(member.notBefore));
  }
}
