import { defineCard } from '../cards.ts';
import { stoppedNoticeView } from './stopped-notice-view.ts';

/** What became of a sharing that was to be stopped, where there is no card of a request to say so. */
export const stoppedNoticeCard = defineCard({
  kind: 'sharing-stopped',
  async render(core, entityId) {
    const [sharingId = '', event] = entityId.split('#');
    const sharing = await core.store.sharings.get(sharingId);
    if (!sharing || (event !== 'stopped' && event !== 'stop-failed')) return undefined;
    const receiver = core.projects.aliasOf(sharing.toProjectId) ?? sharing.toProjectId;
    return stoppedNoticeView({ sharing, receiver, event });
  },
});
