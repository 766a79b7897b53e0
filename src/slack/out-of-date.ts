/** What came back from Slack is not what this version sent: an old message, or a form of an earlier version. */
export class OutOfDate extends Error {
  /** The command that brings up a fresh one, such as `/vbs share`. */
  readonly again: string;

  constructor(again: string) {
    super(`out of date; run ${again} again`);
    this.name = 'OutOfDate';
    this.again = again;
  }
}
