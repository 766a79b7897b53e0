const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether this has the form of the cloud's ids of backups, disks and snapshots. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}
