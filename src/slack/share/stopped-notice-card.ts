import { defineCard } from '../cards.ts';
import { stoppedNoticeView } from './stopped-notice-view.ts';

/** What became of a sharing that was to be stopped, where there is no card of a request to say so. */
export const stoppedNoticeCard = defineCard({
  kind: 'sharing-stopped',
  async render(core, entityId) {
    const [first = '', event, detail = ''] = entityId.split('#');
    if (event !== 'stopped' && event !== 'stop-failed') return undefined;
    const others = event === 'stopped' ? detail.split(',').filter((id) => id !== '') : [];
    const found = await Promise.all([...new Set([first, ...others])].map((id) => core.store.sharings.get(id)));
    const [sharing, ...more] = found.filter((one) => one !== undefined);
    if (!sharing) return undefined;
    const projects = new Set([sharing, ...more].map(({ toProjectId }) => toProjectId));
    const receivers = [...projects].map((projectId) => ({ alias: core.projects.aliasOf(projectId), projectId }));
    return stoppedNoticeView({ sharings: [sharing, ...more], receivers, event });
  },
});
