/** `2017-08-08T04:03:27.456000`: backups and sharings, UTC without a mark. */
export function microseconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, -1)}000`;
}

/** `2016-12-02T09:06:46.706`: tasks of a policy, UTC without a mark. */
export function milliseconds(time: number): string {
  return new Date(time).toISOString().slice(0, -1);
}

/** `2016-01-28T16:14:09.466Z`: jobs. */
export function marked(time: number): string {
  return new Date(time).toISOString();
}

/** `2015-11-06T15:32:17.893000Z`: Keystone's tokens. */
export function markedMicroseconds(time: number): string {
  return `${microseconds(time)}Z`;
}
