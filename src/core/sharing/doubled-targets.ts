import type { InputFault } from '../errors.ts';
import type { Stores } from '../stores.ts';
import type { ShareRequest, ShareTarget } from './share-request.ts';

/**
 * Those of these targets that have the backup already, or for which another open request asks. Holds the backup for the
 * rest of the transaction, so that two people who ask at the same moment cannot both find nothing.
 */
export async function doubledTargets(
  stores: Stores,
  { id, project, backupId }: Pick<ShareRequest, 'id' | 'project' | 'backupId'>,
  targets: readonly ShareTarget[],
): Promise<readonly InputFault[]> {
  await stores.shareRequests.holdBackup(project, backupId);
  const shared = await stores.sharings.ofBackup(project, backupId);
  const asked = await stores.shareRequests.askedTargets({ project, backupId }, id);
  return targets.flatMap(({ projectId, alias }): InputFault[] => {
    const about = alias ?? projectId;
    if (shared.some((sharing) => sharing.toProjectId === projectId)) {
      return [{ field: 'targets', rule: 'already_shared', about }];
    }
    return asked.includes(projectId) ? [{ field: 'targets', rule: 'already_asked', about }] : [];
  });
}
