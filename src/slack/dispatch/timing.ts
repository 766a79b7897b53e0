/** Slack waits three seconds for an acknowledgement; what a handler may take of it before it is acknowledged anyway. */
export const ACK_AFTER_MS = { command: 1_500, action: 1_000, view: 2_200, options: 2_000 } as const;

/** After this a person is told what is being waited for. */
export const WAITING_AFTER_MS = 2_000;

/** After this a second step is given up on, as far as the person is told. */
export const SECOND_STEP_MS = 60_000;

/** What was to be said or shown takes too long. */
export class TookTooLong extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.name = 'TookTooLong';
  }
}

export type InTime<A> = { readonly answer: A } | { readonly error: unknown } | { readonly late: Promise<A> };

/** Runs a handler; after `ms` it is late, and goes on by itself. A handler that needs no waiting costs no timer. */
export async function inTime<A>(produce: () => A | Promise<A>, ms: number): Promise<InTime<A>> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const produced = produce();
    if (!(produced instanceof Promise)) return { answer: produced };
    const late = new Promise<InTime<A>>((resolve) => {
      timer = setTimeout(() => resolve({ late: produced }), ms);
    });
    return await Promise.race([produced.then((answer) => ({ answer })), late]);
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
  }
}

/** The work's outcome, or TookTooLong after `ms`; the work itself goes on. */
export async function orTooLong<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(ms)), ms);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
