import type { ClaimedCard } from '../../core/cards.ts';
import type { Core } from '../../core/core.ts';

/** The people who answer for what a card shows: the approvers of its project. Nobody, where that is gone. */
export async function ownersOf(core: Core, card: Pick<ClaimedCard, 'kind' | 'entityId'>): Promise<readonly string[]> {
  const alias = await projectOf(core, card);
  const project = core.projects.managed.find((managed) => managed.alias === alias);
  return project ? core.access.approversOf(project) : [];
}

async function projectOf(
  { store }: Core,
  { kind, entityId }: Pick<ClaimedCard, 'kind' | 'entityId'>,
): Promise<string | undefined> {
  // A notice's entity id names the moment that it tells of after `#`.
  const id = entityId.split('#')[0] ?? '';
  switch (kind) {
    case 'share-request':
    case 'share-event':
    case 'share-outcome':
      return (await store.shareRequests.get(id))?.project;
    case 'sharing-stopped':
      return (await store.sharings.get(id))?.project;
    case 'policy-run':
      return (await store.runs.get(id))?.project;
    case 'change':
    case 'change-event':
    case 'change-outcome':
      return (await store.changes.get(id))?.project;
    case 'card-refused':
      return undefined;
  }
}
