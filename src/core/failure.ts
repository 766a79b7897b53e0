/** What kinds of failure a request, a run or a task can end in. Kept in the store as they are. */
export const failureKinds = [
  'refused',
  'not_found',
  'credentials',
  'quota',
  'busy',
  'rate_limited',
  'unavailable',
  'answer_lost',
  'not_confirmed',
  'unreadable',
  'backup_gone',
  'backup_not_available',
  'backup_shared',
  'backup_needed',
  'name_taken',
  'changed_meanwhile',
  'overdue',
  'end_passed',
  'not_started',
  'project_gone',
  'no_disks',
  'failed_in_cloud',
  'no_reason_given',
  'reason_unread',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** Why something went wrong, as data: the sentence for a person is made in slack/. */
export interface Failure {
  readonly kind: FailureKind;
  /** The cloud's own code, such as `VolumeBackup.0042`. */
  readonly code?: string;
  /** The cloud's own words. */
  readonly message?: string;
  /** The code in plain words, and what to do, where they are known. */
  readonly explanation?: string;
  readonly remedy?: string;
  readonly requestId?: string;
  /** Until then the cloud is not asked again. Not read back from the store: there it would soon be past. */
  readonly nextTryAt?: Date;
}

/** A call to the cloud that did not do what was asked. */
export class CloudError extends Error {
  readonly failure: Failure;
  /** Whether the cloud may have done it all the same. */
  readonly effect: 'none' | 'unknown';
  /** Whether the same call may go through later, and, if the cloud said so, after how many milliseconds. */
  readonly again: { readonly afterMs?: number } | undefined;

  constructor(
    message: string,
    about: {
      failure: Failure;
      effect: 'none' | 'unknown';
      again?: { afterMs?: number } | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: about.cause });
    this.name = 'CloudError';
    this.failure = about.failure;
    this.effect = about.effect;
    this.again = about.again;
  }
}

/** What a call answers, or undefined where the cloud says that there is no such thing. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CloudError && error.failure.kind === 'not_found') return undefined;
    throw error;
  }
}
