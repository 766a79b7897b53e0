import type { FetchFunction } from '@slack/web-api';
import { isManaged, type ManagedProject, type Settings, secretValues } from './config.ts';
import { type Ask, checkEndpoints } from './doctor/endpoints.ts';
import { attempt, type Finding, fine, type Item, wrong } from './doctor/finding.ts';
import { checkManifest, readManifest } from './doctor/manifest.ts';
import { checkSlack } from './doctor/slack.ts';
import { createProxy, type WayOut } from './proxy.ts';
import { createScrubber } from './scrub.ts';

/** What the doctor examines, and with what. */
export type DoctorParts = {
  /** What the settings are called, e.g. their file. */
  file: string;
  /** Loads them; the error that it throws is the first finding. */
  load: () => Promise<Settings>;
  /** The text of the manifest. */
  manifest: () => Promise<string>;
  /** Its file, if it is not the one that comes with the bot. */
  manifestFile?: string | undefined;
  /** Connects to the database and looks at its schema, changing nothing. */
  checkDatabase: (url: string) => Promise<Finding>;
  /** Logs into a project and asks for something small there. */
  checkCredentials: (project: ManagedProject, out: WayOut | undefined) => Promise<Finding>;
  /** Replaces `fetch`, for Slack and for the endpoints. */
  fetch?: FetchFunction;
  /** The clock of this machine unless given. */
  now?: () => Date;
};

/**
 * Examines everything that the bot needs, prints a line for each item, with the remedy under what is wrong, and answers
 * whether all is well. It prints no secret.
 */
export async function runDoctor(parts: DoctorParts, print: (line: string) => void): Promise<boolean> {
  let failed = 0;
  let hide = (text: string) => text;
  const report = ({ name, finding }: Item): void => {
    if (!finding.ok) failed += 1;
    print(hide(`${finding.ok ? 'ok  ' : 'FAIL'}  ${name}: ${finding.detail}`));
    if (!finding.ok) print(hide(`      → ${finding.remedy}`));
  };
  const settings = await loadOrReport(parts, report);
  if (settings !== undefined) {
    hide = createScrubber(secretValues(settings)).text;
    for await (const item of examine(settings, parts)) report(item);
  }
  print('');
  if (settings === undefined) print('The settings come first; nothing else was examined.');
  else print(failed === 0 ? 'All is well.' : `${failed} ${failed === 1 ? 'item needs' : 'items need'} mending.`);
  return failed === 0;
}

async function loadOrReport(parts: DoctorParts, report: (item: Item) => void): Promise<Settings | undefined> {
  try {
    const settings = await parts.load();
    const managed = settings.projects.filter(isManaged).length;
    const detail = `${parts.file}, ${managed} with credentials of ${settings.projects.length} projects`;
    report({ name: 'Settings', finding: fine(detail) });
    return settings;
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'cannot be loaded';
    report({ name: 'Settings', finding: wrong(detail, `mend ${parts.file}, then run the doctor again`) });
    return undefined;
  }
}

async function* examine(settings: Settings, parts: DoctorParts): AsyncGenerator<Item> {
  yield {
    name: 'Database',
    finding: await attempt(() => parts.checkDatabase(settings.database.url), 'check database.url in the settings'),
  };
  const manifest = readManifest(await parts.manifest().catch(() => ''));
  yield { name: parts.manifestFile ?? 'manifest.yml', finding: checkManifest(manifest, settings.slack.mode) };
  const out = settings.proxy && createProxy(settings.proxy);
  const fetch = parts.fetch ?? out?.fetch ?? globalThis.fetch;
  yield* checkSlack({ settings, manifest, fetch, now: parts.now ?? (() => new Date()) });
  for (const project of settings.projects.filter(isManaged)) yield* examineProject(project, { parts, ask: fetch, out });
  await out?.close();
}

async function* examineProject(
  project: ManagedProject,
  { parts, ask, out }: { parts: DoctorParts; ask: Ask; out: WayOut | undefined },
): AsyncGenerator<Item> {
  let reachable = true;
  for await (const item of checkEndpoints(project, ask)) {
    yield item;
    reachable &&= item.finding.ok;
  }
  // Credentials that nobody could be shown are neither right nor wrong.
  if (!reachable) return;
  yield {
    name: `Credentials of ${project.alias}`,
    finding: await attempt(
      () => parts.checkCredentials(project, out),
      'check the credentials and the project id, and that the user has a role in that project',
    ),
  };
}
