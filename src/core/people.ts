/** People by Slack user id (`U…`, `W…`) and by user group id (`S…`). */
export interface People {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}
