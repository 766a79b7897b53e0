import type { Core } from '../../core/core.ts';
import { NotFound } from '../../core/errors.ts';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { DiskNames } from '../backups/backup-words.ts';

const noNames: DiskNames = new Map();

/** The names of a project's disks; none for a project that has left the settings. */
export function diskNamesOf(core: Core, alias: string): DiskNames {
  return core.projects.managed.find((project) => project.alias === alias)?.disks ?? noNames;
}

/**
 * A run and its project, as they are now, for a person who may do this there. Throws NotFound, NotAllowed or
 * CannotCheck.
 */
export async function readRunFor(
  core: Core,
  wish: { readonly runId: string; readonly action: 'view' | 'run'; readonly user: string },
): Promise<{ readonly run: PolicyRun; readonly project: ManagedProject }> {
  const run = await core.store.runs.get(wish.runId);
  if (run === undefined) throw new NotFound('run', wish.runId);
  const project = core.projects.get(run.project);
  await core.access.assert(wish.action, project, wish.user);
  return { run, project };
}
