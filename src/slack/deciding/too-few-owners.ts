import type { Core } from '../../core/core.ts';
import { missingApprovals, type Votable } from '../../core/votes.ts';
import { oneLine } from '../kit.ts';
import { marked, plural } from '../words.ts';

/**
 * For whoever asked, where their request needs more approvals than there are people to give them, in safe mrkdwn.
 * Undefined where it does not, or where nobody can tell now.
 */
export async function tooFewOwners(
  core: Core,
  request: Votable & { readonly project: string },
): Promise<string | undefined> {
  const project = core.projects.get(request.project);
  const missing = missingApprovals(request);
  const others = await core.access.othersWhoApprove(project, request.requester);
  if (others === undefined || others >= missing) return undefined;
  const who = others === 0 ? 'nobody' : `only ${plural(others, 'owner')} of ${oneLine(project.alias)}`;
  const words = `As things are it cannot be approved: it needs ${plural(missing, 'approval')}, and besides you ${who} can give one. Whoever runs the bot can name more owners in the settings.`;
  return marked('attention', words);
}
