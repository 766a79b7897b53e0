import { defineAction } from '../define.ts';
import { oneLine } from '../kit.ts';
import { defineProjectCommand } from '../project-picker.ts';
import { placeShape } from './audit-place.ts';
import { AUDIT_AGAIN, AUDIT_PAGE, drawNewest, drawRecord } from './draw-audit.ts';

/** `/vbs audit [project]`: the newest page. */
export const [auditCommand, auditProjectModal] = defineProjectCommand({
  word: 'audit',
  summary: 'shows who asked for, decided or changed what in a project',
  usage: '[project]',
  examples: [`${AUDIT_AGAIN} payments`],
  surplus: (args) => args.slice(1),
  action: 'audit',
  title: 'Record',
  waiting: (project) => `Reading the record of ${oneLine(project.alias)}…`,
  async answer(ctx, { project }, reply) {
    await reply.say(await drawNewest(ctx, project.alias, {}));
  },
});

/** *← Previous*, *Next →* and *Show all*: another page in the place of the list that was clicked. */
export const turnAuditAction = defineAction({
  id: AUDIT_PAGE,
  again: AUDIT_AGAIN,
  value: placeShape,
  run: async (ctx, place) => ({ replace: await drawRecord(ctx, place) }),
});
